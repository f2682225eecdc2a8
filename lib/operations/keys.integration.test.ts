import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { readLog } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { checkKey, checkKeyFile, openSecrets, seal } from "@/lib/secrets";
import { PLATFORM_LOG } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { listKeys, raiseMinimumKey, rewrapKeys, rotateDataKey, rotateKeys, tendKeys, verifyAllKeys } from "./keys";

let database: TestDatabase;
const folder = mkdtempSync(path.join(tmpdir(), "signalbox-keys-"));
const keyFile = path.join(folder, "keys/master.key");
const operator = { personId: "11111111-1111-4111-8111-111111111111", isOperator: true, requestId: "test" };
const tenants = Array.from({ length: 5 }, () => randomUUID());
const refs: { tenantId: string; ref: string; value: string }[] = [];

beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: folder, LOG_LEVEL: "silent" });
  delete process.env.KEY_FILE;
  database = await startTestDatabase();
  await checkKey();
  for (const tenantId of tenants) await put(tenantId, `value of ${tenantId}`);
});
afterEach(() => {
  for (const name of ["KEY_ALGORITHM", "DATA_KEY_USES", "KEY_ROTATION_DAYS", "DATA_KEY_ROTATION_DAYS"])
    delete process.env[name];
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function put(tenantId: string, value: string): Promise<string> {
  const owner = { tenantId, actor: { id: "ana" } };
  const { ref } = await withTenant(tenantId, (tx) => seal(tx, owner, { value, kind: "secret" }));
  refs.push({ tenantId, ref, value });
  return ref;
}

async function expectAllReadable(): Promise<void> {
  for (const { tenantId, ref, value } of refs)
    expect(await withTenant(tenantId, (tx) => openSecrets(tx, tenantId, [ref]))).toEqual({ [ref]: value });
}

async function events(): Promise<[string, unknown][]> {
  const rows = await withTenant(PLATFORM_LOG, (tx) => readLog(tx, PLATFORM_LOG, { limit: 500 }));
  return rows
    .reverse()
    .filter(({ streamType }) => streamType === "keys")
    .map(({ type, data }) => [type, data]);
}

test("what is no operator's is refused", async () => {
  const nobody = { ...operator, isOperator: false };
  for (const work of [
    rotateKeys(nobody),
    rewrapKeys(nobody),
    raiseMinimumKey(nobody, 1),
    rotateDataKey(nobody, tenants[0]!),
    verifyAllKeys(nobody),
  ])
    await expect(work).rejects.toMatchObject({ code: "forbidden" });
  expect((await listKeys()).keys).toHaveLength(1);
});

test("a new key wraps what is new; the rest follows, and then the old one is refused and may go", async () => {
  process.env.KEY_ALGORITHM = "chacha20-poly1305";
  await rotateKeys(operator);
  expect(existsSync(`${keyFile}.2`)).toBe(true);
  const added = randomUUID();
  tenants.push(added);
  await put(added, "under the new key");
  await expectAllReadable();
  let keys = await listKeys();
  expect(
    keys.keys.map(({ version, state, dataKeys, algorithm, ok }) => [version, state, dataKeys, algorithm, ok]),
  ).toEqual([
    [2, "primary", 1, "chacha20-poly1305", true],
    [1, "older", 5, "aes-256-gcm", true],
  ]);
  await expect(raiseMinimumKey(operator, 2)).rejects.toMatchObject({ code: "in_use", details: { left: 5 } });
  await expect(raiseMinimumKey(operator, 3)).rejects.toMatchObject({ code: "not_found" });
  expect(await rewrapKeys(operator)).toEqual({ rewrapped: 5, left: 0 });
  expect(await rewrapKeys(operator)).toEqual({ rewrapped: 0, left: 0 });
  const old = await database.asOwner<{ wrapped: string; tenant: string }>(
    "SELECT encode(wrapped, 'hex') AS wrapped, tenant_id::text AS tenant FROM data_keys",
  );
  await raiseMinimumKey(operator, 2);
  await expect(raiseMinimumKey(operator, 1)).rejects.toMatchObject({ code: "conflict" });
  keys = await listKeys();
  expect(keys.minimumVersion).toBe(2);
  expect(keys.keys.map(({ state, dataKeys }) => [state, dataKeys])).toEqual([
    ["primary", 6],
    ["refused", 0],
  ]);
  renameSync(keyFile, `${keyFile}.away`);
  await expectAllReadable();
  await checkKey();
  await checkKeyFile();
  expect(await verifyAllKeys(operator)).toEqual({ tried: 12, failed: [] });
  // A row from before, brought back: its key is there, and refused.
  const [row] = old;
  await database.asOwner("UPDATE data_keys SET kek_version = 1 WHERE tenant_id = $1", [row!.tenant]);
  const { ref } = refs.find(({ tenantId }) => tenantId === row!.tenant)!;
  renameSync(`${keyFile}.away`, keyFile);
  await expect(withTenant(row!.tenant, (tx) => openSecrets(tx, row!.tenant, [ref]))).rejects.toThrow(/minimum version/);
  await expect(checkKeyFile()).rejects.toMatchObject({ code: "key_mismatch" });
  expect((await verifyAllKeys(operator)).failed.length).toBeGreaterThan(0);
  await database.asOwner("UPDATE data_keys SET kek_version = 2 WHERE tenant_id = $1", [row!.tenant]);
  await expectAllReadable();
});

test("a tenant's data key gets a next version; what the one before sealed stays readable", async () => {
  const [tenantId] = tenants as [string];
  await rotateDataKey(operator, tenantId);
  await put(tenantId, "under the second data key");
  const [sealed] = await database.asOwner<{ head: string }>(
    "SELECT encode(substring(sealed for 6), 'hex') AS head FROM secret_versions WHERE tenant_id = $1 ORDER BY set_at DESC LIMIT 1",
    [tenantId],
  );
  expect(sealed?.head).toBe("e50100000002");
  await expectAllReadable();
  await expect(rotateDataKey(operator, randomUUID())).rejects.toMatchObject({ code: "not_found" });
});

test("uses are counted, and the limit makes the next version by itself", async () => {
  const [, tenantId] = tenants as [string, string];
  process.env.DATA_KEY_USES = "4";
  for (let n = 0; n < 9; n++) await put(tenantId, `use ${n}`);
  const rows = await database.asOwner<{ version: number }>(
    "SELECT version FROM data_keys WHERE tenant_id = $1 ORDER BY version",
    [tenantId],
  );
  // One before this test, three until the limit, four, two.
  expect(rows.map(({ version }) => version)).toEqual([1, 2, 3]);
  const { dataKeys } = await listKeys();
  expect(dataKeys.mostUsed.find((key) => key.tenantId === tenantId)).toMatchObject({ version: 3, uses: 2 });
  const [first] = await database.asOwner<{ uses: string }>(
    "SELECT uses FROM data_keys WHERE tenant_id = $1 AND version = 1",
    [tenantId],
  );
  expect(Number(first?.uses)).toBe(4);
  await expectAllReadable();
});

test("the worker replaces what is old, once, and rewraps", async () => {
  Object.assign(process.env, { KEY_ROTATION_DAYS: "90", DATA_KEY_ROTATION_DAYS: "365" });
  await tendKeys();
  expect((await listKeys()).keys).toHaveLength(2);
  await database.asOwner("UPDATE key_encryption_keys SET created_at = now() - interval '91 days' WHERE version = 2");
  await database.asOwner("UPDATE data_keys SET created_at = now() - interval '366 days' WHERE tenant_id = $1", [
    tenants[2],
  ]);
  await Promise.all([tendKeys(), tendKeys()]);
  await tendKeys();
  const { keys, dataKeys } = await listKeys();
  expect(keys.map(({ version, dataKeys: count }) => [version, count])).toEqual([
    [3, dataKeys.total],
    [2, 0],
    [1, 0],
  ]);
  const [due] = await database.asOwner<{ n: number }>("SELECT count(*)::int AS n FROM data_keys WHERE tenant_id = $1", [
    tenants[2],
  ]);
  expect(due?.n).toBe(2);
  await expectAllReadable();
});

test("each operation stands in the installation's log, without a key", async () => {
  const log = await events();
  const of = (type: string) => log.filter(([name]) => name === type).map(([, data]) => data);
  expect(of("KeyEncryptionKeyMade")).toEqual([
    expect.objectContaining({ version: 2, provider: "file", algorithm: "chacha20-poly1305" }),
    expect.objectContaining({ version: 3, provider: "file", algorithm: "aes-256-gcm" }),
  ]);
  expect(of("MinimumKeyRaised")).toEqual([{ version: 2 }]);
  expect(of("DataKeysRewrapped")[0]).toEqual({ version: 2, rewrapped: 5, left: 0 });
  expect(of("DataKeyReplaced")).toContainEqual({ tenantId: tenants[0], version: 2 });
  expect(of("DataKeyReplaced")).toContainEqual({ tenantId: tenants[1], version: 3 });
  expect(of("KeysVerified")).toContainEqual({ tried: 12, failed: 0 });
  for (const version of ["", ".2", ".3"]) {
    const key = readFileSync(`${keyFile}${version}`, "utf8").trim();
    expect(JSON.stringify(log)).not.toContain(key);
  }
});
