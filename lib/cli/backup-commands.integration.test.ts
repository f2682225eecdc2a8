import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import * as backup from "./backup";
import * as restore from "./restore";
import { captured } from "./testing/captured";

const folder = mkdtempSync(path.join(tmpdir(), "signalbox-backup-command-"));
const at = (name: string) => path.join(folder, name);
const before = process.env.DATA_DIR;
let old: TestDatabase;

beforeAll(async () => {
  process.env.DATA_DIR = at("old");
  old = await startTestDatabase();
});
afterAll(async () => {
  await old.stop();
  if (before === undefined) delete process.env.DATA_DIR;
  else process.env.DATA_DIR = before;
  rmSync(folder, { recursive: true, force: true });
});

const make = (...argv: string[]) => captured(() => backup.run(argv));
const bring = (...argv: string[]) => captured(() => restore.run(argv));

it("makes a key, takes a backup for it, and brings it back elsewhere", async () => {
  const { out: key, err } = await make("keygen", at("identity"));
  expect(err).toContain("Keep it offline");
  expect(statSync(at("identity")).mode & 0o777).toBe(0o600);
  expect(readFileSync(at("identity"), "utf8")).toContain(key.trim());
  await expect(make("keygen", at("identity"))).rejects.toThrow(/EEXIST/);

  await old.addTenant("admin");
  const taken = await make("--to", at("backup"), "--recipient", key.trim());
  expect(taken).toMatchObject({
    code: 0,
    out: expect.stringMatching(/rows of \d+ tables, 0 tenants apart, \d+ bytes/),
  });
  expect(await make("--to", at("again"), "--recipient", at("identity"))).toMatchObject({ code: 0 });
  await expect(make("--to", at("x"), "--recipient", key.slice(0, 100))).rejects.toThrow(/damaged/);

  const check = ["--from", at("backup"), "--identity", at("identity"), "--check"];
  expect((await bring(...check)).out).toMatch(/whole, as it was at 20.+Z, up to \d{14}_/);
  writeFileSync(at("short"), readFileSync(at("backup")).subarray(0, -1));
  await expect(bring("--from", at("short"), ...check.slice(2))).rejects.toThrow(/damaged/);
  const fresh = await startTestDatabase();
  process.env.DATA_DIR = at("new");
  const restored = await bring("--from", at("backup"), "--identity", at("identity"));
  expect(restored.code).toBe(0);
  expect(restored.out).toMatch(/^restored \d+ rows of \d+ tables, as they were at 20.+Z\nplatform {2}intact {2}\d+:/);
  expect(await fresh.asOwner("SELECT slug FROM tenants")).toEqual(await old.asOwner("SELECT slug FROM tenants"));
  await expect(bring("--from", at("backup"), "--identity", at("identity"))).rejects.toThrow(/in use/);
  await fresh.stop();
});

it("says how it is called", async () => {
  for (const argv of [[], ["keygen"], ["--to", "x"], ["keygen", "a", "b"]])
    expect(await make(...argv)).toMatchObject({
      code: 2,
      out: expect.stringContaining("usage: signalbox backup keygen"),
    });
  expect(await bring("--from", "x")).toMatchObject({
    code: 2,
    out: expect.stringContaining("usage: signalbox restore"),
  });
  expect(await bring("--help")).toMatchObject({ code: 0 });
  delete process.env.MIGRATE_DATABASE_URL;
  const { out } = await make("keygen", at("other"));
  await expect(make("--to", at("y"), "--recipient", out)).rejects.toThrow(/MIGRATE_DATABASE_URL is not set/);
});
