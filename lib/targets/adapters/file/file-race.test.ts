import { writeFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";

const meanwhile = vi.hoisted(() => ({ at: "", act: () => {} }));
vi.mock("@/lib/resilience", () => ({
  failpoint: (name: string) => {
    if (name === meanwhile.at) meanwhile.act();
  },
}));
const { digestOf, readPlace, replacePlace, templateFolderName } = await import("./file-place");

const TEMPLATES = [{ name: "own.tmpl", content: "x" }];
let root: string;
let file: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), "signalbox-race-"));
  file = path.join(root, "alertmanager.yml");
});
afterEach(async () => {
  meanwhile.at = "";
  await rm(root, { recursive: true, force: true });
});
const replace = (before: string | null, text: string, templates = TEMPLATES) =>
  replacePlace({ path: file, mode: 0o640, group: null }, [root], before, { text, templates });
const read = (roots = [root]) => readPlace({ path: file, mode: 0o640, group: null }, roots);

it.each(["write.templates", "write.temporary"])(
  "leaves what somebody writes at %s, and no file of its own",
  async (at) => {
    await writeFile(file, "old");
    Object.assign(meanwhile, { at, act: () => writeFileSync(file, "theirs") });
    await expect(replace(digestOf("old"), "new")).rejects.toMatchObject({ code: "drifted", details: { path: file } });
    expect(await readFile(file, "utf8")).toBe("theirs");
    expect((await readdir(root)).filter((name) => name.includes(".signalbox-"))).toEqual([]);
  },
);

it("is content when somebody writes the very same in the same moment", async () => {
  await writeFile(file, "old");
  Object.assign(meanwhile, { at: "write.temporary", act: () => writeFileSync(file, "new") });
  await replace(digestOf("old"), "new");
  expect(await readFile(file, "utf8")).toBe("new");
});

it("refuses a file that stands where the template folder belongs, and writes nothing", async () => {
  const folder = path.join(root, templateFolderName(file, TEMPLATES) ?? "");
  await writeFile(folder, "not a folder");
  await expect(replace(null, "new")).rejects.toMatchObject({
    code: "target_refused",
    message: expect.stringContaining("stands where the template folder belongs"),
  });
  expect(await read()).toBeNull();
});

it("does not read what is too large to be a configuration", async () => {
  await writeFile(file, "");
  await truncate(file, 16 * 1024 * 1024);
  expect((await read())?.length).toBe(16 * 1024 * 1024);
  await truncate(file, 16 * 1024 * 1024 + 1);
  await expect(read()).rejects.toMatchObject({ code: "too_large" });
});

it("says that an allowed folder does not exist", async () => {
  const gone = path.join(root, "gone");
  const place = { path: path.join(gone, "alertmanager.yml"), mode: 0o640, group: null };
  await expect(readPlace(place, [gone])).rejects.toMatchObject({
    code: "invalid_input",
    message: expect.stringContaining("The allowed folder does not exist"),
  });
});
