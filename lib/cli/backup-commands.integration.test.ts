import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { dumpOf, hitsOf, plantInDirectory, plantPerson } from "@/lib/privacy/testing/canary";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import * as backup from "./backup";
import * as person from "./person";
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
  const whole = ["--from", at("backup"), "--identity", at("identity")];
  writeFileSync(at("empty"), "");
  for (const more of [[], ["--erasures", at("empty"), "--without-erasures"]])
    expect(await bring(...whole, ...more)).toMatchObject({
      code: 2,
      err: expect.stringContaining("they would be back"),
    });
  expect(await fresh.asOwner("SELECT FROM tenants")).toEqual([]);
  const restored = await bring(...whole, "--without-erasures");
  expect(restored.code).toBe(0);
  expect(restored.out).toMatch(/^restored \d+ rows of \d+ tables, as they were at 20.+Z\nplatform {2}intact {2}\d+:/);
  expect(await fresh.asOwner("SELECT slug FROM tenants")).toEqual(await old.asOwner("SELECT slug FROM tenants"));
  await expect(bring(...whole, "--erasures", at("empty"))).rejects.toThrow(/in use/);
  await fresh.stop();
});

const JOIN =
  "INSERT INTO memberships (tenant_id, person_id, role, source, joined_at) VALUES ($1, $2, 'admin', 'invitation', now())";

it("who was erased after the backup was taken is erased again by restoring, though nobody follows them", async () => {
  process.env.DATA_DIR = at("second-old");
  const was = await startTestDatabase();
  const { tenantId, actor } = await was.addTenant("admin");
  const canary = await plantPerson(was, "wrenfield");
  await was.asOwner(JOIN, [tenantId, canary.personId]);
  await was.asOwner("UPDATE people SET is_operator = true WHERE id = $1", [canary.personId]);
  await plantInDirectory(was, tenantId, canary, actor.id);
  const { out: key } = await make("keygen", at("second"));
  expect(await make("--to", at("before"), "--recipient", key.trim())).toMatchObject({ code: 0 });

  // Whoever follows them is not in the backup.
  const next = randomUUID();
  await was.asOwner(
    "INSERT INTO people (id, email, name, first_signed_in_at, is_operator) VALUES ($1, 'next@x.example', 'Next', now(), true)",
    [next],
  );
  await was.asOwner(JOIN, [tenantId, next]);
  expect(await captured(() => person.run(["erase", canary.email, "--yes"]))).toMatchObject({ code: 0 });
  const { out: list } = await captured(() => person.run(["erasures"]));
  writeFileSync(at("list"), list);

  const fresh = await startTestDatabase();
  process.env.DATA_DIR = at("third");
  const whole = ["--from", at("before"), "--identity", at("second")];
  writeFileSync(at("torn"), list.slice(0, -10));
  await expect(bring(...whole, "--erasures", at("torn"))).rejects.toThrow(/no erasure/);
  const restored = await bring(...whole, "--erasures", at("list"), "--erasures", at("empty"));
  expect(restored).toMatchObject({ code: 0, out: expect.stringContaining("1 erased again, of 1 erasures known") });
  expect(await fresh.asOwner("SELECT FROM memberships")).toEqual([]);
  expect(hitsOf(await dumpOf(fresh), "wrenfield")).toEqual([]);
  // The list goes on with the new installation.
  expect((await captured(() => person.run(["erasures"]))).out).toBe(list);
  await Promise.all([was.stop(), fresh.stop()]);
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
