import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { withTenant } from "@/lib/database";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { append } from "./append";
import { type LogSigner, latestCheckpoint, prepareLog, signLog } from "./checkpoints";
import {
  ED25519,
  formatNote,
  MLDSA44_COSIGNATURE,
  openCheckpoint,
  parsePath,
  signTreeHead,
  verifyConsistency,
  verifyEvent,
} from "./proofs/contract";
import { Frontier } from "./proofs/frontier";
import { proveEvent, proveEvents, proveGrowth } from "./prove";
import { newSigningKey, signerOf } from "./signing";
import { readTile } from "./tiles";
import { verifyLog } from "./verify";

let database: TestDatabase;
let tenantId: string;
const ORIGIN = "log.example/tenant";
const now = new Date("2026-11-23T12:00:00.000Z");
const signers = ([ED25519, MLDSA44_COSIGNATURE] as const).map((type) => signerOf(ORIGIN, type, newSigningKey(type)));
const signer: LogSigner = {
  origin: ORIGIN,
  keys: signers.map(({ key }) => key),
  sign: (text) => formatNote({ text, signatures: signTreeHead(text, signers, now) }),
};

beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
beforeEach(() => {
  tenantId = randomUUID();
});

let streams = 0;
async function write(count: number): Promise<void> {
  const author = { tenantId, actor: "somebody", requestId: "request-1" };
  for (let left = count; left > 0; left -= 1000) {
    const events = Array.from({ length: Math.min(1000, left) }, (_, n) => ({ type: "RouteMoved", data: { n } }));
    const stream = { type: "change", id: `${streams++}` };
    await withTenant(tenantId, (tx) => append(tx, author, stream, 0, events, now));
  }
}
async function sign() {
  while (!(await withTenant(tenantId, (tx) => prepareLog(tx, tenantId))));
  return withTenant(tenantId, (tx) => signLog(tx, tenantId, signer, now));
}
const inTenant = <T>(work: Parameters<typeof withTenant<T>>[1]) => withTenant(tenantId, work);

test("an empty log has no checkpoint; one that did not grow keeps its last", async () => {
  expect(await sign()).toBeUndefined();
  await write(3);
  const first = await sign();
  expect(first?.size).toBe(3);
  expect(await sign()).toEqual(first);
  expect(openCheckpoint(first!.note, signer.keys).signedBy).toHaveLength(2);
});

test("signed beside writers by many at once: every checkpoint goes on from the one before", async () => {
  await write(1);
  await Promise.all([...Array.from({ length: 12 }, () => write(7)), ...Array.from({ length: 12 }, sign)]);
  await sign();
  const rows = await database.asOwner<{ size: string; note: string }>(
    "SELECT size, note FROM checkpoints WHERE tenant_id = $1 ORDER BY size",
    [tenantId],
  );
  const opened = rows.map(({ note }) => openCheckpoint(note, signer.keys));
  expect(opened.at(-1)?.size).toBe(85);
  for (const [index, after] of opened.entries()) {
    const before = opened[index - 1];
    if (!before) continue;
    const path = await inTenant((tx) => proveGrowth(tx, tenantId, before.size, after.size));
    expect(verifyConsistency(before, after, parsePath(path))).toBe(true);
  }
  expect((await inTenant((tx) => verifyLog(tx, tenantId))).problems).toEqual([]);
});

test("a log over three tiles: tiles, proofs and growth, read from few rows", async () => {
  await write(700);
  const before = await sign();
  // As retention leaves them: a tree knows the hashes alone.
  await database.asOwner(
    `INSERT INTO events (tenant_id, position, stream_type, stream_id, stream_version, type, data, actor, request_id, at,
       previous_hash, leaf_hash)
     SELECT $1, n, 'change', 'old', n, 'RouteMoved', '{}', 'x', 'y', now(), '', sha256(n::text::bytea)
     FROM generate_series(701, 70000) n`,
    [tenantId],
  );
  await database.asOwner("UPDATE event_heads SET position = 70000 WHERE tenant_id = $1", [tenantId]);
  const last = await sign();
  expect(last?.size).toBe(70_000);
  const rows = await database.asOwner<{ level: number; tiles: number }>(
    "SELECT level, count(*)::int AS tiles FROM log_tiles WHERE tenant_id = $1 GROUP BY 1 ORDER BY 1",
    [tenantId],
  );
  expect(rows).toEqual([
    { level: 0, tiles: 273 },
    { level: 1, tiles: 1 },
  ]);
  const tile = (level: number, n: number) => inTenant((tx) => readTile(tx, tenantId, { level, tile: n, size: 70_000 }));
  // The numbers of tlog-tiles' own example.
  expect((await tile(0, 272))?.length).toBe(256);
  expect((await tile(0, 273))?.length).toBe(112);
  expect((await tile(1, 0))?.length).toBe(256);
  expect((await tile(1, 1))?.length).toBe(17);
  expect((await tile(2, 0))?.length).toBe(1);
  expect(await tile(3, 0)).toBeUndefined();
  const leaves = await database.asOwner<{ leaf_hash: Buffer }>(
    "SELECT leaf_hash FROM events WHERE tenant_id = $1 ORDER BY position",
    [tenantId],
  );
  const tree = new Frontier();
  for (const { leaf_hash } of leaves) tree.add(Uint8Array.from(leaf_hash));
  expect(Buffer.from(tree.root()).equals(last!.root)).toBe(true);
  for (const position of [1, 256, 257, 65_537, 69_889, 70_000]) {
    verifyEvent(await inTenant((tx) => proveEvent(tx, tenantId, position, 70_000)), last!);
  }
  await expect(inTenant((tx) => proveEvent(tx, tenantId, 70_001, 70_000))).rejects.toMatchObject({ code: "not_found" });
  const path = await inTenant((tx) => proveGrowth(tx, tenantId, 700, 70_000));
  expect(verifyConsistency(before!, last!, parsePath(path))).toBe(true);
});

test("an event that was emptied keeps its hash, and every proof its root", async () => {
  await write(5);
  const last = await sign();
  await database.asOwner("UPDATE events SET bytes = NULL, data = '{}' WHERE position = 2 AND tenant_id = $1", [
    tenantId,
  ]);
  const events = await inTenant((tx) => proveEvents(tx, tenantId, {}, { size: 5, limit: 10 }));
  expect(events.map(({ event }) => event === null)).toEqual([false, true, false, false, false]);
  for (const event of events) verifyEvent(event, last!);
  expect(await inTenant((tx) => verifyLog(tx, tenantId))).toMatchObject({ events: 5, archived: 1, problems: [] });
});

// What somebody with the owner's password could do behind our back; each hashes anew, so that the chain is whole.
const cut = (from: number) => `DELETE FROM events WHERE position > ${from} AND tenant_id = $1`;
test.each([
  [
    "a cut tail",
    async () => {
      await database.asOwner(cut(4), [tenantId]);
      await database.asOwner("UPDATE event_heads SET position = 4 WHERE tenant_id = $1", [tenantId]);
    },
  ],
  [
    "another log in its place",
    async () => {
      for (const table of ["events", "event_heads"])
        await database.asOwner(`DELETE FROM ${table} WHERE tenant_id = $1`, [tenantId]);
      await write(9);
    },
  ],
  [
    "a checkpoint that says something else",
    async () => {
      await database.asOwner("UPDATE checkpoints SET root = sha256('') WHERE tenant_id = $1", [tenantId]);
      await write(1);
    },
  ],
  [
    "a checkpoint that somebody else signed",
    async () => {
      await database.asOwner("UPDATE checkpoints SET note = replace(note, 'A', 'B') WHERE tenant_id = $1", [tenantId]);
      await write(1);
    },
  ],
])("signs nothing after %s", async (_name, damage) => {
  await write(7);
  await sign();
  await damage();
  await expect(sign()).rejects.toMatchObject({ code: "log_inconsistent" });
  expect((await inTenant((tx) => latestCheckpoint(tx, tenantId)))?.size).toBe(7);
});

test("a log that was replaced with its head is found by the checkpoint that was left", async () => {
  await write(7);
  await sign();
  for (const table of ["events", "event_heads"])
    await database.asOwner(`DELETE FROM ${table} WHERE tenant_id = $1`, [tenantId]);
  await write(8);
  const { problems } = await inTenant((tx) => verifyLog(tx, tenantId));
  expect(problems).toEqual([{ position: 7, problem: "checkpoint_differs" }]);
});

test("refuses another tenant, and the app's role takes nothing back", async () => {
  await write(2);
  await sign();
  const other = randomUUID();
  expect(await withTenant(other, (tx) => latestCheckpoint(tx, tenantId))).toBeUndefined();
  for (const table of ["checkpoints", "log_tiles", "checkpoint_cosignatures", "checkpoint_keys"]) {
    await expect(database.asApp(`DELETE FROM ${table}`)).rejects.toThrow(/permission denied/);
    await expect(database.asApp(`UPDATE ${table} SET tenant_id = tenant_id`)).rejects.toThrow(/permission denied/);
  }
});
