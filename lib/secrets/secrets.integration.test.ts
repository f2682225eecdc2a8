import { randomBytes, randomUUID } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withTenant } from "@/lib/database";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { checkKey } from "./keys/keyring";
import { factsFor, openSecrets, openText, seal, sealText } from "./seal";

let database: TestDatabase;
const folder = mkdtempSync(path.join(tmpdir(), "signalbox-secrets-"));
const keyFile = path.join(folder, "keys/master.key");
const tenantId = randomUUID();
const owner = { tenantId, actor: { id: "ana" } };
const CANARY = "canary-7f3a-hunter2";

beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: folder });
  delete process.env.KEY_FILE;
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const put = (value: string, secretId?: string) =>
  withTenant(tenantId, (tx) => seal(tx, owner, { value, kind: "secret", ...(secretId ? { secretId } : {}) }));
const open = (refs: string[], tenant = tenantId) => withTenant(tenant, (tx) => openSecrets(tx, tenant, refs));

test("the key file is made at the first use, for its owner only", async () => {
  await checkKey();
  expect(statSync(keyFile).mode & 0o777).toBe(0o600);
  expect(statSync(path.dirname(keyFile)).mode & 0o777).toBe(0o700);
  expect(Buffer.from(readFileSync(keyFile, "utf8"), "base64")).toHaveLength(32);
});

test("seals, replaces, and opens the version that is asked for", async () => {
  const first = await put(CANARY);
  const id = first.ref.split("/")[2]!;
  const second = await put("new value", id);
  expect(second.ref).toBe(`secret://${id}/2`);
  expect(await open([first.ref, second.ref])).toEqual({ [first.ref]: CANARY, [second.ref]: "new value" });
  const facts = await withTenant(tenantId, (tx) => factsFor(tx, tenantId, [first.ref, "secret://no/1"]));
  expect(Object.keys(facts)).toEqual([first.ref]);
  expect(facts[first.ref]).toMatchObject({ kind: "secret", valid: true, templated: false, setBy: "ana" });
});

test("ten replacements at once are ten versions", async () => {
  const { ref } = await put("v1");
  const id = ref.split("/")[2]!;
  const refs = await Promise.all(Array.from({ length: 10 }, (_, n) => put(`v${n}`, id)));
  expect(new Set(refs.map((sealed) => sealed.ref)).size).toBe(10);
});

test("refuses another tenant", async () => {
  const { ref } = await put(CANARY);
  const other = randomUUID();
  await expect(open([ref], other)).rejects.toMatchObject({ code: "not_found" });
  expect(await withTenant(other, (tx) => factsFor(tx, other, [ref]))).toEqual({});
  const id = ref.split("/")[2]!;
  const theft = withTenant(other, (tx) =>
    seal(tx, { tenantId: other, actor: { id: "eve" } }, { value: "x", kind: "secret", secretId: id }),
  );
  await expect(theft).rejects.toMatchObject({ code: "not_found" });
});

test("a row moved to another secret, version or tenant does not open", async () => {
  const [a, b] = [await put("a"), await put("b")];
  const idOf = (ref: string) => ref.split("/")[2]!;
  await database.asOwner(
    "UPDATE secret_versions SET sealed = (SELECT sealed FROM secret_versions WHERE secret_id = $1) WHERE secret_id = $2",
    [idOf(a.ref), idOf(b.ref)],
  );
  await expect(open([b.ref])).rejects.toThrow();
  expect(await open([a.ref])).toEqual({ [a.ref]: "a" });
});

test("no value lies in clear in the database, nor in its facts", async () => {
  await put(CANARY);
  const tables = await database.asOwner<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
  );
  for (const { name } of tables) {
    const [found] = await database.asOwner<{ n: number }>(
      `SELECT count(*)::int AS n FROM "${name}" t WHERE t::text LIKE $1 OR t::text LIKE $2`,
      [`%${CANARY}%`, `%${Buffer.from(CANARY).toString("hex")}%`],
    );
    expect([name, found?.n]).toEqual([name, 0]);
  }
});

test("the app's role may not overwrite or remove a sealed version", async () => {
  await expect(database.asApp("UPDATE secret_versions SET version = 9")).rejects.toThrow(/permission denied/);
  await expect(database.asApp("DELETE FROM data_keys")).rejects.toThrow(/permission denied/);
  await expect(database.asApp("UPDATE key_encryption_keys SET key_id = 'x'")).rejects.toThrow(/permission denied/);
});

test("texts are bound to their purpose", async () => {
  await withTenant(tenantId, async (tx) => {
    const sealed = await sealText(tx, tenantId, "restore|1", "bytes");
    expect(await openText(tx, tenantId, "restore|1", sealed)).toBe("bytes");
    await expect(openText(tx, tenantId, "restore|2", sealed)).rejects.toThrow();
  });
});

test("another key file, one that others may read, and a broken one are refused", async () => {
  const file = path.join(folder, "other.key");
  process.env.KEY_FILE = file;
  await expect(checkKey()).rejects.toMatchObject({ code: "key_mismatch", message: expect.stringContaining(file) });
  writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o644 });
  await expect(checkKey()).rejects.toMatchObject({ code: "not_ready", message: /chmod 600/ });
  chmodSync(file, 0o600);
  await expect(checkKey()).rejects.toMatchObject({ code: "key_mismatch" });
  await expect(put("x")).rejects.toMatchObject({ code: "key_mismatch" });
  const broken = path.join(folder, "broken.key");
  writeFileSync(broken, "short", { mode: 0o600 });
  process.env.KEY_FILE = broken;
  await expect(checkKey()).rejects.toMatchObject({ code: "not_ready", message: /32 bytes/ });
  delete process.env.KEY_FILE;
  await checkKey();
});

test("no new key file is made where secrets are sealed under one, also when its fingerprint was lost", async () => {
  const empty = mkdtempSync(path.join(tmpdir(), "signalbox-secrets-"));
  process.env.DATA_DIR = empty;
  await expect(checkKey()).rejects.toMatchObject({
    code: "key_mismatch",
    message: expect.stringContaining("Put it back"),
  });
  await database.asOwner("DELETE FROM key_encryption_keys");
  await expect(checkKey()).rejects.toMatchObject({ code: "key_mismatch" });
  expect(existsSync(path.join(empty, "keys/master.key"))).toBe(false);

  mkdirSync(path.join(empty, "keys"));
  writeFileSync(path.join(empty, "keys/master.key"), randomBytes(32).toString("base64"), { mode: 0o600 });
  await expect(checkKey()).rejects.toMatchObject({ code: "key_mismatch" });
  process.env.DATA_DIR = folder;
  await checkKey();
  expect(await database.asOwner("SELECT version FROM key_encryption_keys")).toEqual([{ version: 1 }]);
});
