import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

const another = vi.hoisted(() => ({ process: () => {} }));
vi.mock("node:crypto", async (original) => {
  const crypto = await original<typeof import("node:crypto")>();
  return {
    ...crypto,
    // The last moment before the key is written: what happens here, happened between our look and our writing.
    randomBytes: (size: number) => {
      another.process();
      return crypto.randomBytes(size);
    },
  };
});
const { fingerprint, readOrMakeKey } = await import("./key-files");
const masterKey = async () => readOrMakeKey(1);

let dataDir: string;
let file: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), "signalbox-key-"));
  file = path.join(dataDir, "keys/master.key");
  vi.stubEnv("DATA_DIR", dataDir);
  vi.stubEnv("KEY_FILE", "");
  another.process = () => {};
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(dataDir, { recursive: true, force: true });
});

test("is made once, whole, and only for its owner", async () => {
  const key = await masterKey();
  expect(readFileSync(file, "utf8")).toBe(`${key.toString("base64")}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700);
  expect(readdirSync(path.dirname(file))).toEqual(["master.key"]);
  rmSync(file);
  await expect(masterKey()).resolves.toBe(key);
});

test("is the other process' key when two make one at once", async () => {
  const theirs = Buffer.alloc(32, 7);
  another.process = () => writeFileSync(file, theirs.toString("base64"), { mode: 0o600 });
  await expect(masterKey()).resolves.toEqual(theirs);
  expect(readdirSync(path.dirname(file))).toEqual(["master.key"]);
});

test("is never made where it cannot be read again", async () => {
  mkdirSync(path.dirname(file));
  symlinkSync("/nowhere/at/all", file);
  await expect(masterKey()).rejects.toThrow(/EEXIST/);
  expect(readdirSync(path.dirname(file))).toEqual(["master.key"]);
});

test("a file that is there and cannot be used is refused, not replaced", async () => {
  mkdirSync(file, { recursive: true });
  await expect(masterKey()).rejects.toThrow(/EISDIR/);
  rmSync(file, { recursive: true });
  writeFileSync(file, Buffer.alloc(31).toString("base64"), { mode: 0o600 });
  await expect(masterKey()).rejects.toThrow(/must hold 32 bytes/);
  writeFileSync(file, Buffer.alloc(32).toString("base64"));
  chmodSync(file, 0o640);
  await expect(masterKey()).rejects.toThrow(/may be read by others/);
});

test("the next key lies beside the first one; one that lies there already is taken", async () => {
  const first = await masterKey();
  const second = readOrMakeKey(2);
  expect(readFileSync(`${file}.2`, "utf8")).toBe(`${second.toString("base64")}\n`);
  expect(statSync(`${file}.2`).mode & 0o777).toBe(0o600);
  expect(second).not.toEqual(first);
  writeFileSync(`${file}.3`, Buffer.alloc(32, 3).toString("base64"), { mode: 0o600 });
  expect(readOrMakeKey(3)).toEqual(Buffer.alloc(32, 3));
  expect(readdirSync(path.dirname(file)).sort()).toEqual(["master.key", "master.key.2", "master.key.3"]);
});

test("KEY_FILE is read and never made", async () => {
  const named = path.join(dataDir, "named.key");
  vi.stubEnv("KEY_FILE", named);
  await expect(masterKey()).rejects.toThrow(`KEY_FILE names ${named}, which does not exist.`);
  writeFileSync(named, Buffer.alloc(32, 1).toString("base64"), { mode: 0o600 });
  await expect(masterKey()).resolves.toEqual(Buffer.alloc(32, 1));
});

test("a fingerprint tells keys apart and nothing about them", () => {
  const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  expect(fingerprint(one)).toMatch(/^[0-9a-f]{32}$/);
  expect(fingerprint(one)).not.toBe(fingerprint(other));
});
