import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readLog } from "@/lib/audit";
import { type Transaction, withDirectory, withTenant } from "@/lib/database";
import { type MoveWorker, startMoveWorker } from "@/lib/database/places/move-worker";
import { onDatabase } from "@/lib/database/places/tenant-clients";
import { askMove, placeOf, untilMoved } from "@/lib/database/places/testing/rows-of";
import { checkKey, openSecrets, openText, seal, sealText, unwrapDataKey, wrapDataKey } from "@/lib/secrets";
import { PLATFORM_LOG } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { listKeys, rotateDataKey, sealAgain, tendKeys, verifyAllKeys } from "./keys";

const operator = { personId: randomUUID(), isOperator: true, requestId: "test" };
const folder = mkdtempSync(path.join(tmpdir(), "signalbox-again-"));
let database: TestDatabase;
let moves: MoveWorker;

beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: folder, LOG_LEVEL: "silent" });
  database = await startTestDatabase();
  const migrations = path.join(process.cwd(), "prisma/migrations");
  moves = startMoveWorker({
    ...{ ownerUrl: database.ownerUrl, migrations, graceMs: 0, pollMs: 20 },
    onError: () => undefined,
  });
  await checkKey();
});
afterAll(async () => {
  await moves.stop();
  await database.stop();
  delete process.env.DATA_KEY_ROTATION_DAYS;
  rmSync(folder, { recursive: true, force: true });
});

/** A value that lies somewhere, by what it is bound to. */
interface Kept {
  tenantId: string;
  purpose: string;
  text: string;
  read(tx: Transaction): Promise<Uint8Array | null | undefined>;
}

type Read = Kept["read"];

/** Seals a value for one of the places, and remembers it. */
const keeper =
  (kept: Kept[], tenantId: string) =>
  async (purpose: string, read: Read): Promise<Uint8Array<ArrayBuffer>> => {
    const text = `value ${randomUUID()}`;
    kept.push({ tenantId, purpose, text, read });
    return withTenant(tenantId, async (tx) => Uint8Array.from(await sealText(tx, tenantId, purpose, text)));
  };

/** A value in each place of a tenant that holds sealed bytes. */
async function fill(tenantId: string): Promise<Kept[]> {
  const kept: Kept[] = [];
  const keep = keeper(kept, tenantId);
  const [id, publicationId, changeId] = [randomUUID(), randomUUID(), randomUUID()];
  const auth = await keep(`target credentials|${id}`, async (tx) => {
    const row = await tx.targetReplica.findUniqueOrThrow({ where: { id } });
    return Buffer.from((row.auth as { sealed: string }).sealed, "base64");
  });
  const before = await keep(`before publication|${publicationId}|${id}`, async (tx) =>
    tx.publicationStep.findUniqueOrThrow({ where: { id } }).then((row) => row.sealedBefore),
  );
  const unread = await keep(`unread source|${changeId}|ana`, async (tx) =>
    tx.unreadSource.findFirstOrThrow({ where: { tenantId, changeId } }).then((row) => row.sealed),
  );
  const webhook = await keep("notice webhook", async (tx) =>
    tx.noticeWebhook.findUniqueOrThrow({ where: { tenantId } }).then((row) => row.secret),
  );
  await withTenant(tenantId, async (tx) => {
    await tx.target.create({
      data: { id, tenantId, name: "one", kind: "alertmanager", mode: 384, createdBy: "ana", declaredVersion: "0.34" },
    });
    await tx.targetPlace.create({ data: { id, tenantId, targetId: id, path: `/srv/${id}.yml` } });
    const sealed = Buffer.from(auth).toString("base64");
    const place = { id, tenantId, targetId: id, placeId: id, position: 0, name: "a", routePrefix: "/" };
    await tx.targetReplica.create({
      data: { ...place, url: "https://am.example", auth: { type: "basic", username: "ana", sealed } },
    });
    const asked = { status: "verified", requestedBy: "ana", comment: "", overwriteDrift: false, revision: 1 };
    await tx.publication.create({ data: { id: publicationId, tenantId, ...asked } });
    const step = { key: "prepare:a", position: 0, targetId: id, targetName: "one", subjectId: id, step: "prepare" };
    await tx.publicationStep.create({
      data: { id, tenantId, publicationId, ...step, status: "done", sealedBefore: before },
    });
    await tx.unreadSource.create({ data: { tenantId, changeId, author: "ana", sealed: unread } });
    await tx.noticeWebhook.create({ data: { tenantId, version: 1, url: "https://hook.example", secret: webhook } });
  });
  return kept;
}

/** What the installation keeps for people and tenants under the key of its own log. */
async function fillInstallation(tenantId: string): Promise<Kept[]> {
  const kept: Kept[] = [];
  const keep = keeper(kept, PLATFORM_LOG);
  const [id, person] = [randomUUID(), randomUUID()];
  await database.asOwner("INSERT INTO people (id, email, name) VALUES ($1, $2, 'Ana')", [
    person,
    `${person}@a.example`,
  ]);
  const read = (sql: string, values: unknown[]): Read => {
    return async () => (await database.asOwner<{ sealed: Buffer }>(sql, values))[0]?.sealed;
  };
  const put = async (purpose: string, insert: string, select: string, values: unknown[]) =>
    database.asOwner(insert, [await keep(purpose, read(select, [values[0]])), ...values]);
  await put(
    `refresh token|${id}`,
    `INSERT INTO auth_sessions (id, person_id, method, user_agent, created_at, last_seen_at, expires_at, refresh_token)
     VALUES ($2, $3, 'oidc', '', now(), now(), now(), $1)`,
    "SELECT refresh_token AS sealed FROM auth_sessions WHERE id = $1",
    [id, person],
  );
  await put(
    `totp|${id}`,
    "INSERT INTO second_factors (id, person_id, kind, name, created_at, secret) VALUES ($2, $3, 'totp', '', now(), $1)",
    "SELECT secret AS sealed FROM second_factors WHERE id = $1",
    [id, person],
  );
  await put(
    `person key|${person}`,
    "INSERT INTO person_keys (person_id, wrapped) VALUES ($2, $1)",
    "SELECT wrapped AS sealed FROM person_keys WHERE person_id = $1",
    [person],
  );
  await put(
    "checkpoint key 1",
    `INSERT INTO checkpoint_keys (tenant_id, type, made_at, host, public_key, private_key)
     VALUES ('${PLATFORM_LOG}', 1, $2, 'a.example', 'x', $1)`,
    "SELECT private_key AS sealed FROM checkpoint_keys WHERE made_at = $1",
    [new Date(0)],
  );
  // One that was destroyed: there is nothing to seal again.
  await database.asOwner(
    `INSERT INTO checkpoint_keys (tenant_id, type, made_at, host, public_key, private_key)
     VALUES ($1, 1, 'epoch'::timestamptz - interval '1 day', 'a.example', 'x', '')`,
    [PLATFORM_LOG],
  );
  await put(
    `sign-in service|${tenantId}`,
    "INSERT INTO sign_in_secrets (tenant_id, sealed, digest) VALUES ($2, $1, 'd')",
    "SELECT sealed FROM sign_in_secrets WHERE tenant_id = $1",
    [tenantId],
  );
  await put(
    `sign-in test|${id}`,
    `INSERT INTO sign_in_tests (id, tenant_id, session_id, digest, sealed, created_at) VALUES ($2, $3, $2, 'd', $1, now())`,
    "SELECT sealed FROM sign_in_tests WHERE id = $1",
    [id, tenantId],
  );
  return kept;
}

const versionOf = (sealed: Uint8Array) => (sealed[0] === 0xe5 ? Buffer.from(sealed).readUInt32BE(2) : 0);

/** Everything opens to what it was; answers which data keys sealed it. */
async function expectReadable(kept: readonly Kept[], refs: Readonly<Record<string, string>>, tenantId: string) {
  const versions = new Set<number>();
  for (const { tenantId: owner, purpose, text, read } of kept)
    await withTenant(owner, async (tx) => {
      const sealed = (await read(tx)) ?? new Uint8Array();
      versions.add(versionOf(sealed));
      expect([purpose, await openText(tx, owner, purpose, sealed)]).toEqual([purpose, text]);
    });
  await withTenant(tenantId, async (tx) => {
    expect(await openSecrets(tx, tenantId, Object.keys(refs))).toEqual(refs);
    for (const { sealed } of await tx.secretVersion.findMany({ where: { tenantId } })) versions.add(versionOf(sealed));
  });
  return [...versions];
}

const keysOf = (tenantId: string) =>
  withTenant(tenantId, (tx) => tx.dataKey.findMany({ where: { tenantId }, orderBy: { version: "asc" } }));

async function moveTo(tenantId: string, level: string): Promise<void> {
  expect(await untilMoved(database, await askMove(database, tenantId, level))).toMatchObject({ error: null });
}

test("wherever a tenant is: a replaced data key seals nothing any more, and is destroyed", {
  timeout: 300_000,
}, async () => {
  const { tenantId } = await database.addTenant("admin");
  const owner = { tenantId, actor: { id: "ana" } };
  const refs: Record<string, string> = {};
  const put = async (value: string, secretId?: string) => {
    const { ref } = await withTenant(tenantId, (tx) =>
      seal(tx, owner, { value, kind: "secret", ...(secretId ? { secretId } : {}) }),
    );
    refs[ref] = value;
    return ref;
  };
  // Two versions of one: a revision that was published pins the first.
  await put("second", (await put("first")).split("/")[2]);
  const kept = await fill(tenantId);
  process.env.DATA_KEY_ROTATION_DAYS = "30";
  for (const [index, level] of ["shared", "schema", "database", "dedicated-cluster"].entries()) {
    if (level !== "shared") await moveTo(tenantId, level);
    const newest = index + 2;
    // By age, in whatever place it is.
    await backdate(tenantId);
    await tendKeys();
    expect([level, await expectReadable(kept, refs, tenantId)]).toEqual([level, [newest]]);
    expect(await keysOf(tenantId)).toHaveLength(newest);
    // Empty, and kept for a while: somebody may be reading what they looked up before.
    expect((await keysOf(tenantId)).at(-2)).toMatchObject({ unusedSince: expect.any(Date), destroyedAt: null });
    expect((await listKeys()).dataKeys.replaced).toMatchObject({ unused: 1, destroyed: index });
    expect(await sealAgain(operator)).toMatchObject({ resealed: 0, destroyed: 0, left: 1 });
    expect(await sealAgain(operator, { graceMs: 0 })).toEqual({ resealed: 0, destroyed: 1, left: 0 });
    expect((await listKeys()).dataKeys.replaced).toEqual({ sealing: 0, unused: 0, destroyed: newest - 1 });
    const destroyed = (await keysOf(tenantId)).slice(0, -1);
    expect(destroyed.map(({ wrapped }) => [...wrapped])).toEqual(destroyed.map(() => [0]));
    await expectReadable(kept, refs, tenantId);
    await put(`at ${level}`);
  }
  expect((await verifyAllKeys(operator)).failed).toEqual([]);
  expect((await listKeys()).keys[0]).toMatchObject({ dataKeys: (await keysOf(PLATFORM_LOG)).length + 1 });
});

/** Makes the tenant's data keys a year old, where they are. */
async function backdate(tenantId: string): Promise<void> {
  const { schema_name, database_name } = await placeOf(database, tenantId);
  const url = database_name ? onDatabase(database.ownerUrl, database_name) : database.ownerUrl;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `UPDATE ${pg.escapeIdentifier(schema_name ?? "public")}.data_keys SET created_at = now() - interval '1 year' WHERE tenant_id = $1`,
    [tenantId],
  );
  await client.end();
}

test("what the installation keeps for people and tenants is sealed again too", async () => {
  const { tenantId } = await database.addTenant("admin");
  const kept = await fillInstallation(tenantId);
  await rotateDataKey(operator, PLATFORM_LOG);
  const newest = (await keysOf(PLATFORM_LOG)).length;
  expect(await sealAgain(operator)).toMatchObject({ resealed: 6, left: 1 });
  expect(await expectReadable(kept, {}, tenantId)).toEqual([newest]);
  expect(await sealAgain(operator, { graceMs: 0 })).toMatchObject({ destroyed: 1, left: 0 });
  await expectReadable(kept, {}, tenantId);
  await expect(
    withDirectory(tenantId, (tx) => tx.$queryRaw`SELECT * FROM sealed_in_directory(0, 10, '{}')`),
  ).resolves.toEqual([]);
});

test("what does not open stays, and its key with it", async () => {
  const { tenantId } = await database.addTenant("admin");
  const { ref } = await withTenant(tenantId, (tx) =>
    seal(tx, { tenantId, actor: { id: "ana" } }, { value: "whole", kind: "secret" }),
  );
  await database.asOwner(
    `INSERT INTO secret_versions (tenant_id, secret_id, version, sealed, facts, set_by, set_at)
     SELECT tenant_id, gen_random_uuid(), 1, sealed, facts, set_by, set_at FROM secret_versions WHERE tenant_id = $1`,
    [tenantId],
  );
  await rotateDataKey(operator, tenantId);
  for (const graceMs of [0, 0]) expect(await sealAgain(operator, { graceMs })).toMatchObject({ destroyed: 0, left: 1 });
  expect((await keysOf(tenantId)).map(({ unusedSince }) => unusedSince)).toEqual([null, null]);
  expect(await withTenant(tenantId, (tx) => openSecrets(tx, tenantId, [ref]))).toEqual({ [ref]: "whole" });
  await database.asOwner("DELETE FROM secret_versions WHERE tenant_id = $1", [tenantId]);
  for (const destroyed of [0, 1]) expect(await sealAgain(operator, { graceMs: 0 })).toMatchObject({ destroyed });
});

test("who seals at the same time loses nothing: the key stays until the commit", async () => {
  const { tenantId } = await database.addTenant("admin");
  const owner = { tenantId, actor: { id: "ana" } };
  const put = (value: string, during: () => Promise<unknown> = async () => undefined) =>
    withTenant(tenantId, async (tx) => {
      const { ref } = await seal(tx, owner, { value, kind: "secret" });
      await during();
      return ref;
    });
  const first = await put("first");
  const late = await put("late", async () => {
    await rotateDataKey(operator, tenantId);
    expect(await sealAgain(operator, { graceMs: 0 })).toMatchObject({ resealed: 1, destroyed: 0, left: 1 });
    expect(await sealAgain(operator, { graceMs: 0 })).toMatchObject({ resealed: 0, destroyed: 0, left: 1 });
  });
  expect(await sealAgain(operator, { graceMs: 0 })).toMatchObject({ resealed: 1, destroyed: 0, left: 1 });
  // Read before, opened after: the bytes of a moment ago open until the key is destroyed.
  await withTenant(tenantId, async (tx) => {
    const opening = openSecrets(tx, tenantId, [first, late]);
    expect(await opening).toEqual({ [first]: "first", [late]: "late" });
  });
  expect(await sealAgain(operator, { graceMs: 0 })).toMatchObject({ resealed: 0, destroyed: 1, left: 0 });
  expect(await withTenant(tenantId, (tx) => openSecrets(tx, tenantId, [first, late]))).toEqual({
    [first]: "first",
    [late]: "late",
  });
});

test("the app's role puts nothing else in a sealed version's place", async () => {
  const { tenantId } = await database.addTenant("admin");
  const { ref } = await withTenant(tenantId, (tx) =>
    seal(tx, { tenantId, actor: { id: "ana" } }, { value: "mine", kind: "secret" }),
  );
  const overwrite = () =>
    withTenant(
      tenantId,
      (tx) => tx.$executeRaw`UPDATE secret_versions SET sealed = '\\x00' WHERE tenant_id = ${tenantId}::uuid`,
    );
  expect(await overwrite()).toBe(0);
  await rotateDataKey(operator, tenantId);
  await expect(overwrite()).rejects.toThrow(/row-level security/);
  await expect(withTenant(tenantId, (tx) => tx.$executeRaw`UPDATE secret_versions SET version = 7`)).rejects.toThrow(
    /permission denied/,
  );
  expect(await withTenant(tenantId, (tx) => openSecrets(tx, tenantId, [ref]))).toEqual({ [ref]: "mine" });
});

test("all of it stands in the installation's log; a backup takes what is left of a destroyed key", async () => {
  const log = await withTenant(PLATFORM_LOG, (tx) => readLog(tx, PLATFORM_LOG, { limit: 500 }));
  const of = (type: string) => log.filter((event) => event.type === type).map(({ data }) => data);
  expect(of("DataKeyDestroyed")).toContainEqual({ tenantId: PLATFORM_LOG, version: 1 });
  expect(of("SecretsSealedAgain").length).toBeGreaterThan(3);
  expect(of("DataKeyReplaced")).toContainEqual({ tenantId: PLATFORM_LOG, version: 2 });
  const at = { tenantId: PLATFORM_LOG, version: 1 };
  const key = await unwrapDataKey({ ...at, kekVersion: 1, wrapped: Uint8Array.of(0) });
  expect([...key]).toEqual([]);
  expect([...(await wrapDataKey(at, key)).wrapped]).toEqual([0]);
});

test("no column with bytes is forgotten", async () => {
  const rows = await database.asOwner<{ name: string }>(
    `SELECT c.relname || '.' || a.attname AS name FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND a.atttypid = 'bytea'::regtype AND NOT a.attisdropped AND a.attnum > 0
       AND a.attname NOT IN ('hash', 'previous_hash', 'leaf_hash', 'key_hash', 'token_hash', 'root', 'hashes', 'public_key', 'salt',
         'used_by') AND (c.relname, a.attname) NOT IN (('data_keys', 'wrapped'), ('events', 'bytes')) ORDER BY 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual([
    "auth_sessions.refresh_token",
    "checkpoint_keys.private_key",
    "notice_webhooks.secret",
    "person_keys.wrapped",
    "publication_steps.sealed_before",
    "second_factors.secret",
    "secret_versions.sealed",
    "sign_in_secrets.sealed",
    "sign_in_tests.sealed",
    "unread_sources.sealed",
  ]);
});
