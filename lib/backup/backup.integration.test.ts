import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { append, verifyLog } from "@/lib/audit";
import { DEMO_TEMPLATES, DEMO_YAML, getLive, importConfiguration } from "@/lib/configuration";
import { type DumpRecord, openDump, restoreDump, type Transaction, withTenant } from "@/lib/database";
import { migrate, readMigrations } from "@/lib/database/migrate";
import { type MoveWorker, startMoveWorker } from "@/lib/database/places/move-worker";
import { dropDatabase } from "@/lib/database/places/own-database";
import { askMove, placeOf, rowsOf, seedFirings, untilMoved } from "@/lib/database/places/testing/rows-of";
import { getPublication, requestPublication, startPublishingWorker } from "@/lib/publishing";
import { checkKey, openSecrets, seal } from "@/lib/secrets";
import { createTarget } from "@/lib/targets";
import type { TenantContext } from "@/lib/tenancy";
import { hashPassword, verifyPassword } from "@/lib/tenancy/password";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { DATA_KEYS, STAYS_BEHIND, withWrappedKeys } from "./data-keys";
import { newIdentity, recipientOf } from "./identity";
import { checkBackup, recordsOf, restoreBackup } from "./restore-backup";
import { takeBackup } from "./take-backup";

const MIGRATIONS = path.join(process.cwd(), "prisma/migrations");
const CANARY = "canary-b4ckup-hunter2";
const LEVELS = ["shared", "schema", "database"];
const folder = mkdtempSync(path.join(tmpdir(), "signalbox-backup-"));
const identity = newIdentity();
const file = path.join(folder, "all.backup");
const before = {
  DATA_DIR: process.env.DATA_DIR,
  TARGET_ROOTS: process.env.TARGET_ROOTS,
  KEY_FILE: process.env.KEY_FILE,
};

interface Known {
  ctx: TenantContext;
  ref: string;
  publication: string | null;
  rows: Record<string, string>;
}

let old: TestDatabase;
/** Empty, with a key of its own; all is brought back into it at last. */
let fresh: TestDatabase;
let worker: MoveWorker | undefined;
const known: Known[] = [];

beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: path.join(folder, "old"), TARGET_ROOTS: folder });
  delete process.env.KEY_FILE;
  old = await startTestDatabase();
});

test("there are three tenants that published, one at each level, and somebody with a password", async () => {
  const publishing = startPublishingWorker({ pollMs: 50 });
  for (const level of LEVELS) known.push(await inhabit(level));
  await publishing.stop();
  worker = startMoveWorker({ ownerUrl: old.ownerUrl, migrations: MIGRATIONS, graceMs: 0, pollMs: 20 });
  for (const [n, level] of LEVELS.entries()) {
    const { ctx } = known[n]!;
    if (level === "shared") continue;
    expect(await untilMoved(old, await askMove(old, ctx.tenantId, level))).toMatchObject({ error: null });
  }
  await worker.stop();
  await old.asOwner(
    "INSERT INTO people (id, email, name, password_hash) VALUES (gen_random_uuid(), 'ana@example.com', 'Ana', $1)",
    [await hashPassword("correct horse battery")],
  );
  for (const one of known) one.rows = await rowsOf(old, one.ctx.tenantId);
});
afterAll(async () => {
  for (const { ctx } of known) await removeOwn(old, ctx.tenantId);
  await old.stop();
  for (const [name, value] of Object.entries(before))
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  rmSync(folder, { recursive: true, force: true });
});

/** A tenant with a secret, a revision that was published, and firings. */
async function inhabit(name: string): Promise<Known> {
  const ctx = await old.addTenant("admin");
  await seedFirings(old, ctx.tenantId, 20);
  const target = {
    kind: "file" as const,
    tenantId: ctx.tenantId,
    name,
    path: path.join(folder, `${name}.yml`),
    version: "0.34",
  };
  await createTarget({ id: "operator", requestId: "test" }, target);
  const { change } = await importConfiguration(ctx, { yaml: DEMO_YAML, templates: DEMO_TEMPLATES, title: name });
  const publication = name === "schema" ? await publish(ctx, change.id) : null;
  const { ref } = await withTenant(ctx.tenantId, (tx) => seal(tx, ctx, { value: CANARY + name, kind: "secret" }));
  return { ctx, ref, publication, rows: {} };
}

async function publish(ctx: TenantContext, changeId: string): Promise<string> {
  const { id } = await requestPublication(ctx, { changeId, comment: "", overwriteDrift: true });
  await expect.poll(async () => (await getPublication(ctx, id)).status, { timeout: 60_000 }).toBe("unverified");
  return id;
}

async function removeOwn(database: TestDatabase, tenantId: string): Promise<void> {
  const { database_name } = await placeOf(database, tenantId);
  if (database_name) await dropDatabase(database.ownerUrl, database_name);
}

async function appendTo(tx: Transaction, ctx: TenantContext, n: number): Promise<void> {
  const author = { tenantId: ctx.tenantId, actor: ctx.actor.id, requestId: "test" };
  await append(tx, author, { type: "test", id: randomUUID() }, 0, [{ type: "Worked", data: { n } }], new Date());
}

const stateOf = async (database: TestDatabase) => {
  const tables = await database.asOwner<{ name: string }>(
    "SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1",
  );
  const counts: Record<string, number> = {};
  for (const { name } of tables) {
    const [row] = await database.asOwner<{ n: number }>(`SELECT count(*)::int AS n FROM "${name}"`);
    counts[name] = row?.n ?? 0;
  }
  return counts;
};

const restore = (database: TestDatabase, from = file, by = identity) =>
  restoreBackup({ ownerUrl: database.ownerUrl, migrations: MIGRATIONS, file: from, identity: by });

test("takes all, for the recipient alone, and never over another file", async () => {
  const taken = await takeBackup({ ownerUrl: old.ownerUrl, file, recipient: recipientOf(identity) });
  expect(taken).toMatchObject({ places: 2, bytes: statSync(file).size });
  expect(taken.tables).toBeGreaterThan(60);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).filter((name) => name.includes("part"))).toEqual([]);
  const bytes = readFileSync(file).toString("latin1");
  for (const word of [CANARY, "ana@example.com", "Meridian", "slack.example"]) expect(bytes).not.toContain(word);
  await expect(takeBackup({ ownerUrl: old.ownerUrl, file, recipient: recipientOf(identity) })).rejects.toThrow(
    /is there already/,
  );
});

test("while people work, it is of one moment: each log ends where its head says", async () => {
  let busy = true;
  const working = known.map(async ({ ctx }) => {
    for (let n = 0; busy; n++) await withTenant(ctx.tenantId, (tx) => appendTo(tx, ctx, n));
  });
  const ends: string[] = [];
  const [heads, lengths] = [new Map<string, number>(), new Map<string, number>()];
  const dump = await openDump({ ownerUrl: old.ownerUrl, behind: STAYS_BEHIND, apart: [DATA_KEYS] });
  let table: Extract<DumpRecord, { type: "table" }> | undefined;
  for await (const record of dump.records()) {
    if (record.type === "table") table = record;
    if (record.type !== "rows" || !table) continue;
    const at = (name: string) => table?.columns.indexOf(name) ?? -1;
    for (const row of record.bytes.toString("utf8").trimEnd().split("\n")) {
      const cells = row.split("\t");
      const [tenant, position] = [cells[at("tenant_id")] ?? "", Number(cells[at("position")])];
      if (table.name === "event_heads") heads.set(tenant, position);
      if (table.name === "events") lengths.set(tenant, Math.max(lengths.get(tenant) ?? 0, position));
    }
  }
  await dump.close();
  busy = false;
  await Promise.all(working);
  for (const [tenant, position] of heads) if (lengths.get(tenant) !== position) ends.push(tenant);
  expect(ends).toEqual([]);
  expect([...heads.keys()]).toEqual(expect.arrayContaining(known.map(({ ctx }) => ctx.tenantId)));
});

test("what fails in the midst leaves neither a row nor a database", async () => {
  fresh = await startTestDatabase();
  process.env.DATA_DIR = path.join(folder, "new");
  await checkKey();
  const had = await stateOf(fresh);
  const databases = () => fresh.asOwner("SELECT datname FROM pg_database ORDER BY 1");
  const before = await databases();
  const manifest = await checkBackup(file, identity);
  let seen: unknown;
  async function* untilDiskFails() {
    let own = false;
    for await (const record of withWrappedKeys(recordsOf(file, identity))) {
      own ||= record.type === "place" && record.database !== null;
      if (own && record.type === "rows") {
        seen = await databases();
        throw new Error("the disk went away");
      }
      yield record;
    }
  }
  const failing = {
    ownerUrl: fresh.ownerUrl,
    migrations: MIGRATIONS,
    level: manifest.migrations,
    behind: STAYS_BEHIND,
  };
  await expect(restoreDump({ ...failing, records: untilDiskFails })).rejects.toThrow("the disk went away");
  expect(seen).toHaveLength(before.length + 1);
  expect(await databases()).toEqual(before);
  expect(await stateOf(fresh)).toEqual(had);
});

test("what is wrong by a byte, cut off, or for another key is refused, and nothing is written", async () => {
  const had = await stateOf(fresh);
  const whole = readFileSync(file);
  const wrong = path.join(folder, "wrong.backup");
  for (const at of [20, 1000, 5000, Math.floor(whole.length / 2), whole.length - 1]) {
    const bytes = Buffer.from(whole);
    bytes[at] = bytes[at]! ^ 1;
    writeFileSync(wrong, bytes);
    await expect(restore(fresh, wrong), `byte ${at}`).rejects.toThrow();
  }
  for (const length of [0, 100, 70_000, whole.length - 1]) {
    writeFileSync(wrong, whole.subarray(0, length));
    await expect(restore(fresh, wrong), `${length} bytes`).rejects.toThrow();
  }
  await expect(restore(fresh, file, newIdentity())).rejects.toMatchObject({ code: "key_mismatch" });
  await expect(restore(old)).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("in use") });
  expect(await stateOf(fresh)).toEqual(had);
});

test("an empty installation with a key of its own gets all of it back", async () => {
  const restored = await restore(fresh);
  expect(restored).toMatchObject({ places: 3, migrated: [] });
  expect(restored.logs).toHaveLength(1 + known.length);
  expect(restored.logs.filter(({ problems, events }) => problems > 0 || events === 0)).toEqual([]);
  const key = (name: string) => readFileSync(path.join(folder, name, "keys/master.key"), "utf8");
  expect(key("new")).not.toBe(key("old"));
  for (const [n, { ctx, ref, publication, rows }] of known.entries()) {
    const name = LEVELS[n]!;
    const [was, is] = [await placeOf(old, ctx.tenantId), await placeOf(fresh, ctx.tenantId)];
    expect(is).toMatchObject({ level: name, schema_name: was.schema_name });
    if (name === "database") expect(is.database_name).not.toBe(was.database_name);
    const { data_keys: _ours, ...same } = await rowsOf(fresh, ctx.tenantId);
    const { data_keys: _theirs, ...had } = rows;
    expect(same).toEqual(had);
    expect(await withTenant(ctx.tenantId, (tx) => openSecrets(tx, ctx.tenantId, [ref]))).toEqual({
      [ref]: CANARY + name,
    });
    if (publication) {
      expect(await getPublication(ctx, publication)).toMatchObject({ status: "unverified" });
      expect(JSON.stringify(await getLive(ctx, {}))).toContain("payments-pager");
    }
    const log = await withTenant(ctx.tenantId, (tx) => verifyLog(tx, ctx.tenantId));
    expect([log.problems, log.events > 0]).toEqual([[], true]);
    // And life goes on there.
    const { ref: next } = await withTenant(ctx.tenantId, (tx) => seal(tx, ctx, { value: "new", kind: "secret" }));
    expect(await withTenant(ctx.tenantId, (tx) => openSecrets(tx, ctx.tenantId, [next]))).toEqual({ [next]: "new" });
    await importConfiguration(ctx, { yaml: DEMO_YAML, templates: DEMO_TEMPLATES, title: "after" });
  }
  const [ana] = await fresh.asOwner<{ password_hash: string }>(
    "SELECT password_hash FROM people WHERE email = 'ana@example.com'",
  );
  expect(await verifyPassword("correct horse battery", ana!.password_hash)).toBe(true);
  await expect(restore(fresh)).rejects.toMatchObject({ code: "conflict" });
  for (const { ctx } of known) await removeOwn(fresh, ctx.tenantId);
  await fresh.stop();
});

test("a backup of an older version comes back as it was and is migrated then; what is neither is refused", async () => {
  const [older, bare] = [await startTestDatabase(), await startTestDatabase()];
  const names = readMigrations(MIGRATIONS).map(({ name }) => name);
  const [last, previous] = [names.at(-1)!, names.at(-2)!];
  for (const { asOwner } of [older, bare])
    await asOwner("DROP SCHEMA public CASCADE; DROP SCHEMA alert_firings_days CASCADE; CREATE SCHEMA public");
  await migrate(older.ownerUrl, MIGRATIONS, previous);
  await older.asOwner("INSERT INTO tenants (id, slug, name) VALUES (gen_random_uuid(), 'grown', E'Old \\t\\\\ \\n ü')");
  const dump = await openDump({ ownerUrl: older.ownerUrl, behind: STAYS_BEHIND, apart: [DATA_KEYS] });
  const records: DumpRecord[] = [];
  for await (const record of dump.records()) records.push(record);
  await dump.close();
  const into = (ownerUrl: string, level = dump.migrations, all = records) =>
    restoreDump({ ownerUrl, migrations: MIGRATIONS, level, behind: STAYS_BEHIND, records: () => Readable.from(all) });
  const other = [...dump.migrations, { name: "20991231000000_newer", checksum: "" }];
  await expect(into(bare.ownerUrl, other)).rejects.toThrow(/of another or newer Signalbox/);
  const lost = records.filter((record) => record.type !== "rows");
  await expect(into(bare.ownerUrl, dump.migrations, lost)).rejects.toThrow(/came back otherwise: 0 of/);
  expect(await bare.asOwner("SELECT FROM tenants")).toEqual([]);
  expect(await into(bare.ownerUrl)).toMatchObject({ migrated: [last] });
  expect(await bare.asOwner("SELECT slug, name FROM tenants")).toEqual([{ slug: "grown", name: "Old \t\\ \n ü" }]);
  await bare.asOwner("TRUNCATE tenants CASCADE");
  await expect(into(bare.ownerUrl)).rejects.toThrow(/another version/);
  await Promise.all([older.stop(), bare.stop()]);
});
