import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { withTenant } from "@/lib/database";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { append } from "./append";
import { readLog, readStream } from "./read";
import { verifyLog } from "./verify";

let database: TestDatabase;
let tenantId: string;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const stream = { type: "change", id: "one" };
const at = new Date("2026-11-23T12:00:00.123Z");

function write(tenant: string, expectedVersion: number, count: number, id = stream.id): Promise<number> {
  const events = Array.from({ length: count }, (_, n) => ({
    type: "RouteMoved",
    data: { z: n, a: ["ü", null], é: 1.5 },
  }));
  const author = { tenantId: tenant, actor: "somebody", requestId: "request-1" };
  return withTenant(tenant, (tx) => append(tx, author, { ...stream, id }, expectedVersion, events, at));
}
const verify = (tenant = tenantId) => withTenant(tenant, (tx) => verifyLog(tx, tenant));
const kinds = async () => (await verify()).problems.map(({ position, problem }) => `${position} ${problem}`);

beforeEach(async () => {
  tenantId = randomUUID();
  await write(tenantId, 0, 5);
});

test("appends without gaps and reads back a stream and the log", async () => {
  await write(tenantId, 0, 2, "two");
  await write(tenantId, 5, 1);
  const log = await withTenant(tenantId, (tx) => readLog(tx, tenantId, { limit: 3, before: 8 }));
  expect(log.map(({ position, streamId, streamVersion }) => [position, streamId, streamVersion])).toEqual([
    [7, "two", 2],
    [6, "two", 1],
    [5, "one", 5],
  ]);
  const events = await withTenant(tenantId, (tx) => readStream(tx, tenantId, stream, 4));
  expect(events.map(({ position, at: when, data }) => [position, when, data])).toEqual([
    [5, at, { z: 4, a: ["ü", null], é: 1.5 }],
    [8, at, { z: 0, a: ["ü", null], é: 1.5 }],
  ]);
  expect(await verify()).toMatchObject({ events: 8, problems: [] });
});

test("refuses a stale version and leaves nothing", async () => {
  await expect(write(tenantId, 4, 1)).rejects.toMatchObject({ code: "stale_version", details: { version: 5 } });
  expect(await verify()).toMatchObject({ events: 5, problems: [] });
});

test("fifty writers at once: positions 1 to 55, the chain whole", async () => {
  await Promise.all(Array.from({ length: 50 }, (_, n) => write(tenantId, 0, 1, `stream ${n}`)));
  expect(await verify()).toMatchObject({ events: 55, problems: [] });
});

test("refuses another tenant: its log is neither seen nor written", async () => {
  const other = randomUUID();
  expect(await withTenant(other, (tx) => readLog(tx, tenantId, { limit: 10 }))).toEqual([]);
  const author = { tenantId, actor: "x", requestId: "y" };
  const foreign = withTenant(other, (tx) => append(tx, author, stream, 5, [{ type: "X", data: {} }], at));
  await expect(foreign).rejects.toThrow();
  expect(await verify()).toMatchObject({ events: 5, problems: [] });
});

test("the app's role may not edit, delete or empty the log", async () => {
  for (const sql of [
    "UPDATE events SET actor = 'x'",
    "DELETE FROM events",
    "TRUNCATE events",
    "DELETE FROM event_heads",
  ]) {
    await expect(database.asApp(sql)).rejects.toThrow(/permission denied/);
  }
});

test("the leaf hash is RFC 6962's over bytes that hold every column", async () => {
  const [row] = await database.asOwner<{ bytes: Buffer; leaf_hash: Buffer }>(
    "SELECT bytes, leaf_hash FROM events WHERE tenant_id = $1 AND position = 1",
    [tenantId],
  );
  const hash = createHash("sha256").update(Buffer.of(0)).update(row!.bytes).digest();
  expect(hash.equals(row!.leaf_hash)).toBe(true);
  expect(Object.keys(JSON.parse(row!.bytes.toString()))).toHaveLength(11);
});

// What somebody with the owner's password could do.
const MUTATIONS: [string, string, string[]][] = [
  ["an edited actor", "UPDATE events SET actor = 'x' WHERE position = 3", ["3 columns_changed"]],
  ["edited data", `UPDATE events SET data = '{"z":9}' WHERE position = 3`, ["3 columns_changed"]],
  ["an edited time", "UPDATE events SET at = at + interval '1 ms' WHERE position = 3", ["3 columns_changed"]],
  [
    "edited bytes",
    "UPDATE events SET bytes = bytes || '\\x20' WHERE position = 3",
    ["3 bytes_changed", "3 columns_changed"],
  ],
  [
    "bytes edited and hashed again",
    "UPDATE events SET bytes = bytes || '\\x20', leaf_hash = sha256('\\x00' || bytes || '\\x20') WHERE position = 3",
    ["3 columns_changed", "4 chain_broken"],
  ],
  ["a deleted event", "DELETE FROM events WHERE position = 3", ["3 missing", "4 chain_broken"]],
  ["a cut tail", "DELETE FROM events WHERE position > 3", ["5 head_differs"]],
  ["an emptied log", "DELETE FROM events", ["5 head_differs"]],
];
test.each(MUTATIONS)("finds %s", async (_name, sql, found) => {
  await database.asOwner(`${sql}${sql.includes("WHERE") ? " AND" : " WHERE"} tenant_id = '${tenantId}'`);
  expect(await kinds()).toEqual(found);
});

test("a checkpoint kept elsewhere finds a log that was replaced with its head", async () => {
  const { events: position, head: hash } = await verify();
  const against = (checkpoint: { position: number; hash: string }) =>
    withTenant(tenantId, (tx) => verifyLog(tx, tenantId, checkpoint));
  await write(tenantId, 5, 1);
  expect((await against({ position, hash })).problems).toEqual([]);
  for (const table of ["events", "event_heads"]) {
    await database.asOwner(`DELETE FROM ${table} WHERE tenant_id = '${tenantId}'`);
  }
  await write(tenantId, 0, 4);
  expect((await verify()).problems).toEqual([]);
  expect((await against({ position, hash })).problems).toEqual([{ position, problem: "checkpoint_differs" }]);
  await write(tenantId, 4, 1, stream.id);
  expect((await against({ position, hash: "00" })).problems).toEqual([{ position, problem: "checkpoint_differs" }]);
});

test("finds two events in each other's place, and a log without its head", async () => {
  const where = `tenant_id = '${tenantId}'`;
  await database.asOwner(`UPDATE events SET position = 99 WHERE position = 2 AND ${where}`);
  await database.asOwner(`UPDATE events SET position = 2 WHERE position = 3 AND ${where}`);
  await database.asOwner(`UPDATE events SET position = 3 WHERE position = 99 AND ${where}`);
  expect(await kinds()).toEqual([
    "2 columns_changed",
    "2 chain_broken",
    "3 columns_changed",
    "3 chain_broken",
    "4 chain_broken",
  ]);
  await database.asOwner(`DELETE FROM event_heads WHERE ${where}`);
  expect(await kinds()).toContain("0 head_differs");
});
