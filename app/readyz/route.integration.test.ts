import { randomUUID } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { disconnectDatabase, withTenant } from "@/lib/database";
import { checkKey, seal } from "@/lib/secrets";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { GET } from "./route";

const folder = mkdtempSync(path.join(tmpdir(), "signalbox-readyz-"));
const keyFile = path.join(folder, "keys/master.key");
let database: TestDatabase;
let key: Buffer;

beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: folder, LOG_LEVEL: "silent" });
  database = await startTestDatabase();
  await checkKey();
  key = readFileSync(keyFile);
  for (const tenantId of [randomUUID(), randomUUID()]) {
    const owner = { tenantId, actor: { id: "of a test" } };
    await withTenant(tenantId, (tx) => seal(tx, owner, { value: "hunter2", kind: "secret" }));
  }
});
afterEach(() => {
  delete process.env.MIGRATIONS_DIR;
  writeFileSync(keyFile, key, { mode: 0o600 });
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  status: string;
  code?: string;
  checks: Record<"database" | "migrations" | "key", { status: string; code?: string; detail?: string }>;
}

const asked = (headers: Record<string, string>) => GET(new Request("http://127.0.0.1/readyz", { headers }));

async function readyz() {
  const response = await asked({ "x-from-this-machine": "yes" });
  const { checks, ...rest } = (await response.json()) as Answer;
  return { http: response.status, ...rest, ...checks };
}

const ok = { status: "ok" };

test("all is well", async () => {
  expect(await readyz()).toEqual({ http: 200, status: "ok", database: ok, migrations: ok, key: ok });
});

test("what is wrong is told to this machine and to the bearer of the metrics' token, to others only that something is", async () => {
  const told = async (headers: Record<string, string>) => {
    const response = await asked(headers);
    return [response.status, await response.json()];
  };
  const token = ["for", "prometheus"].join("-");
  const bearer = { authorization: `Bearer ${token}` };
  expect(await told({})).toEqual([200, { status: "ok" }]);
  writeFileSync(keyFile, "short");
  expect(await told({})).toEqual([503, { status: "unavailable" }]);
  expect(await told(bearer)).toEqual([503, { status: "unavailable" }]);
  process.env.METRICS_TOKEN = token;
  expect(await told(bearer)).toEqual([503, expect.objectContaining({ code: "not_ready" })]);
  expect(await told({ authorization: "Bearer another" })).toEqual([503, { status: "unavailable" }]);
  delete process.env.METRICS_TOKEN;
});

test("a key file that disappears is said, though the key is still in memory", async () => {
  renameSync(keyFile, `${keyFile}.away`);
  const answer = await readyz();
  expect(answer).toMatchObject({
    http: 503,
    status: "unavailable",
    code: "key_mismatch",
    database: ok,
    migrations: ok,
  });
  expect(answer.key).toEqual({ status: "failed", code: "key_mismatch", detail: "The key file is missing." });
  renameSync(`${keyFile}.away`, keyFile);
  expect((await readyz()).http).toBe(200);
});

test("another key file, a damaged one and one that others may read are said; no path is told", async () => {
  writeFileSync(keyFile, `${Buffer.alloc(32, 7).toString("base64")}\n`);
  expect((await readyz()).key).toMatchObject({ status: "failed", code: "key_mismatch" });
  writeFileSync(keyFile, "short");
  const answer = await readyz();
  expect(answer.key).toEqual({ status: "failed", code: "not_ready", detail: "The key file cannot be used." });
  expect(JSON.stringify(answer)).not.toContain(folder);
});

test("a tenant's key that was damaged is found", async () => {
  const change = "UPDATE data_keys SET wrapped = set_byte(wrapped, 20, get_byte(wrapped, 20) # 1)";
  const one = `${change} WHERE tenant_id = (SELECT min(tenant_id::text)::uuid FROM data_keys)`;
  await database.asOwner(one);
  expect((await readyz()).key).toMatchObject({
    status: "failed",
    detail: expect.stringContaining("every tenant's key"),
  });
  await database.asOwner(one);
  expect((await readyz()).key).toEqual(ok);
});

test("a migration that is missing or was modified is named; one that a newer program applied is not", async () => {
  const migrations = path.join(folder, "migrations");
  cpSync("prisma/migrations", migrations, { recursive: true });
  mkdirSync(path.join(migrations, "20990101000000_later"));
  writeFileSync(path.join(migrations, "20990101000000_later/migration.sql"), "SELECT 1;");
  process.env.MIGRATIONS_DIR = migrations;
  expect(await readyz()).toMatchObject({
    http: 503,
    code: "not_ready",
    database: ok,
    migrations: { status: "failed", detail: expect.stringContaining("Not applied yet: 20990101000000_later.") },
    key: ok,
  });
  rmSync(path.join(migrations, "20990101000000_later"), { recursive: true });
  expect((await readyz()).http).toBe(200);
  rmSync(path.join(migrations, "20261123000020_dealt_with"), { recursive: true });
  expect((await readyz()).http).toBe(200);
  writeFileSync(path.join(migrations, "20261123000001_database/migration.sql"), "SELECT 2;");
  expect((await readyz()).migrations).toMatchObject({ status: "failed", detail: expect.stringContaining("modified") });
});

test("without a database the rest is unknown, and with too mighty a role it is refused", async () => {
  const url = process.env.DATABASE_URL;
  process.env.DATABASE_URL = "postgresql://signalbox_app:hunter2@127.0.0.1:1/nowhere";
  const answer = await readyz();
  expect(answer).toMatchObject({ http: 503, migrations: { status: "unknown" }, key: { status: "unknown" } });
  expect(answer.database).toEqual({ status: "failed", code: "not_ready", detail: "The database cannot be asked." });
  process.env.DATABASE_URL = database.ownerUrl;
  expect((await readyz()).database).toMatchObject({ status: "failed", detail: expect.stringContaining("bypasses") });
  await disconnectDatabase();
  process.env.DATABASE_URL = url;
});
