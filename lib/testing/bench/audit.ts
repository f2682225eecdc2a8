import { randomUUID } from "node:crypto";
import path from "node:path";
import pg from "pg";
import { append, logSize, type NewEvent, newSigningKey, prepareLog, proveEvent, signerOf, signLog } from "@/lib/audit";
import { ED25519, formatNote, MLDSA44_COSIGNATURE, signTreeHead, verifyEvent } from "@/lib/audit/proofs/contract";
import { disconnectDatabase, migrate, startEmbeddedPostgres, withTenant } from "@/lib/database";
import { figure, note, quantile, section } from "./figures";

const SECONDS = 6;
const WRITERS = 10;
/** 3,000 events in a second. */
const GOAL_US = 333;
const DATA = { from: [0, 3], to: [0, 1], route: randomUUID() };

/**
 * Events appended as commands append them, hashed and chained under the lock of their log, beside rows of the same size. On a
 * PostgreSQL of its own, with fsync; `folder` has to be on a disk.
 */
export async function benchAudit(folder: string): Promise<void> {
  section(`The audit log: events appended by ${WRITERS} at once, each to a durable commit`);
  const server = await startEmbeddedPostgres({ dataDir: path.join(folder, "audit"), root: process.cwd() });
  const kill = () => process.kill(server.pid(), "SIGQUIT");
  process.once("exit", kill);
  Object.assign(process.env, { DATABASE_URL: server.appUrl, DATABASE_POOL: String(WRITERS) });
  const pool = new pg.Pool({ connectionString: server.ownerUrl, max: WRITERS });
  try {
    await migrate(server.ownerUrl, path.join(process.cwd(), "prisma/migrations"));
    const { rows } = await pool.query("SHOW fsync");
    if (rows[0]?.fsync !== "on") throw new Error("PostgreSQL runs without fsync");
    await pool.query("CREATE TABLE bench_events (LIKE events INCLUDING ALL)");
    const tenants = Array.from({ length: WRITERS }, () => randomUUID());
    for (const events of [1, 10, 100]) {
      const theirs = await perEvent(events, (writer) => insertPlain(pool, tenants[writer]!, events));
      const ours = await perEvent(events, (writer) => appendTo(tenants[writer]!, events));
      const what = `${events === 1 ? "an event" : `${events} events`} in a transaction, per event`;
      const peer = { name: "plain INSERT", value: theirs };
      figure({ what, value: ours, unit: "µs", peer, ...(events === 1 ? {} : { goal: GOAL_US }) });
      note(`    ${Math.round(1e6 / ours)} events/s, plain ${Math.round(1e6 / theirs)}`);
    }
    await benchProofs(tenants[0]!);
  } finally {
    await pool.end();
    await disconnectDatabase();
    process.off("exit", kill);
    await server.stop();
  }
}

/** What a log costs to sign, and an event to prove, where it is that long. */
async function benchProofs(tenantId: string): Promise<void> {
  const inTenant = <T>(work: Parameters<typeof withTenant<T>>[1]) => withTenant(tenantId, work, { timeout: 60_000 });
  const size = await inTenant((tx) => logSize(tx, tenantId));
  const types = [ED25519, MLDSA44_COSIGNATURE] as const;
  const signers = types.map((type) => signerOf("log.example/bench", type, newSigningKey(type)));
  const sign = (text: string) => formatNote({ text, signatures: signTreeHead(text, signers, new Date()) });
  const signer = { origin: "log.example/bench", keys: signers.map(({ key }) => key), sign };
  const began = performance.now();
  while (!(await inTenant((tx) => prepareLog(tx, tenantId))));
  const checkpoint = await inTenant((tx) => signLog(tx, tenantId, signer, new Date()));
  figure({ what: `first checkpoint of ${size} events`, value: performance.now() - began, unit: "ms" });
  const times: number[] = [];
  for (let round = 0; round < 50; round++) {
    const start = performance.now();
    const event = await inTenant((tx) => proveEvent(tx, tenantId, 1 + ((round * 7_919) % size), size));
    times.push(performance.now() - start);
    verifyEvent(event, checkpoint!);
  }
  figure({ what: "an event proven in it: p50", value: quantile(times, 0.5), unit: "ms" });
}

/** Microseconds of the whole, by all writers, that an event takes. */
async function perEvent(events: number, work: (writer: number) => Promise<void>): Promise<number> {
  for (let writer = 0; writer < WRITERS; writer++) await work(writer);
  const began = performance.now();
  let done = 0;
  const one = async (writer: number) => {
    while (performance.now() - began < SECONDS * 1_000) {
      await work(writer);
      done += events;
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => one(writer)));
  return ((performance.now() - began) * 1_000) / done;
}

const EVENTS = new Map<number, NewEvent[]>();

async function appendTo(tenantId: string, count: number): Promise<void> {
  const events = EVENTS.get(count) ?? Array.from({ length: count }, () => ({ type: "RouteMoved", data: DATA }));
  EVENTS.set(count, events);
  const author = { tenantId, actor: randomUUID(), requestId: randomUUID() };
  await withTenant(tenantId, (tx) => append(tx, author, { type: "bench", id: randomUUID() }, 0, events, new Date()));
}

let position = 0;

/** Rows with the same columns, neither hashed nor chained; many in one statement. */
async function insertPlain(pool: pg.Pool, tenantId: string, count: number): Promise<void> {
  position += count;
  await pool.query(
    `INSERT INTO bench_events (tenant_id, position, stream_type, stream_id, stream_version, type, data, actor, request_id, at, bytes,
       previous_hash, leaf_hash)
     SELECT $1::uuid, $2::bigint - n, 'bench', $3, n + 1, 'RouteMoved', $4::jsonb, $3, $3, now(), $5::bytea, $6::bytea, $6::bytea
     FROM generate_series(0, $7::int - 1) n`,
    [tenantId, position, randomUUID(), JSON.stringify(DATA), Buffer.alloc(420, 1), Buffer.alloc(32), count],
  );
}
