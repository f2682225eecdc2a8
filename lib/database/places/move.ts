import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { AppError } from "@/lib/errors";
import { failpoint } from "@/lib/resilience";
import { type DataTable, readDataTables } from "./catalogue";
import { makeEqual, PLAIN_TEXT, removeRows, type Side, verifyEqual } from "./copy-rows";
import { connect, createDatabase, dropDatabase } from "./own-database";
import { createSchema } from "./provision";
import { onDatabase } from "./tenant-clients";

export interface Place {
  level: string;
  schema: string | null;
  database: string | null;
}

export interface Move {
  id: string;
  tenantId: string;
  wanted: string;
  generation: number;
  from: Place;
  to: Pick<Place, "schema" | "database">;
}

export interface Surroundings {
  ownerUrl: string;
  /** The folder of this program's migrations, and the newest of them. */
  migrations: string;
  version: string;
  /** The worker's own connection, for what must be seen at once. */
  control: pg.Client;
}

/** Taken shared by each transaction of a tenant (`enter_tenant`), and alone by who moves it. */
export const TENANT_LOCK = 7_204_016;
// Who waits for the lock makes all others wait that come after: better to let them go and to ask again.
const LOCK_PATIENCE = "SET LOCAL lock_timeout = '1500ms'";
const LOCK_TRIES = 60;
const isLockTimeout = (error: unknown) => error instanceof pg.DatabaseError && error.code === "55P03";

const isShared = ({ schema, database }: Pick<Place, "schema" | "database">) => schema === null && database === null;
const isSame = (left: Pick<Place, "schema" | "database">, right: Pick<Place, "schema" | "database">) =>
  left.schema === right.schema && left.database === right.database;

/** Copies, verifies and switches, as often as it is called; the tenant is whole in one place at every moment. */
export async function carryMove(move: Move, around: Surroundings): Promise<void> {
  await prepare(move, around);
  failpoint("move.prepared");
  const open: pg.Client[] = [];
  const at = async ({ database, schema }: Pick<Place, "schema" | "database">): Promise<Side> => {
    const client = await connect(database === null ? around.ownerUrl : onDatabase(around.ownerUrl, database));
    open.push(client);
    await client.query(PLAIN_TEXT);
    return { client, schema: schema ?? "public" };
  };
  try {
    const main = await at({ schema: null, database: null });
    if (isSame(move.from, move.to)) {
      await underLock(main.client, move, { work: () => switchTo(main.client, move, {}) });
      return;
    }
    const source = await at(move.from);
    // Into the shared tables nothing is written before the switch, and with it at once: nobody who looks across tenants sees half.
    const target = isShared(move.to) ? main : await at(move.to);
    const fence = move.from.database === null ? null : (await at(move.from)).client;
    const tables = await readDataTables(source.client, source.schema);
    if (target === main) await makeDays(source, around.control, tables, move.tenantId);
    else await makeEqual(source, target, tables, move.tenantId, (table) => progress(around, move, { table }));
    failpoint("move.copied");
    const before = target === main ? () => makeEqual(source, target, tables, move.tenantId) : undefined;
    const work = async () => {
      const since = performance.now();
      if (fence) await lockThere(fence, move.tenantId);
      await makeEqual(source, target, tables, move.tenantId);
      failpoint("move.equal");
      const proof = await verifyEqual(source, target, tables, move.tenantId);
      failpoint("move.verified");
      const position = await logEnd(source, target, move.tenantId);
      if (isShared(move.from)) await removeRows({ client: main.client, schema: "public" }, tables, move.tenantId);
      await switchTo(main.client, move, {
        ...proof,
        tables: tables.length,
        position,
        pauseMs: Math.round(performance.now() - since),
      });
      failpoint("move.switching");
    };
    await underLock(main.client, move, { ...(before ? { before } : {}), work });
    failpoint("move.switched");
  } finally {
    await Promise.all(open.map((client) => client.end().catch(() => undefined)));
  }
}

async function prepare({ to }: Move, { ownerUrl, migrations, version, control }: Surroundings): Promise<void> {
  if (to.schema !== null) await createSchema(control, to.schema, version);
  if (to.database !== null) await createDatabase(ownerUrl, to.database, migrations);
}

interface Step {
  /** In the same transaction, before anybody has to wait. */
  before?(): Promise<unknown>;
  work(): Promise<void>;
}

/** Runs `work` and commits, in a transaction of `main` that has the tenant for itself. */
async function underLock(main: pg.Client, { tenantId, from, generation }: Move, { before, work }: Step): Promise<void> {
  await main.query("BEGIN");
  try {
    await before?.();
    await main.query("SAVEPOINT free");
    for (let tries = 1; ; tries++) {
      try {
        await main.query(LOCK_PATIENCE);
        await main.query("SELECT pg_advisory_xact_lock($1, hashtext($2))", [TENANT_LOCK, tenantId]);
        const { rows } = await main.query<{ generation: number; level: string }>(
          "SELECT generation, level FROM tenant_places WHERE tenant_id = $1",
          [tenantId],
        );
        if (rows[0]?.generation !== generation || rows[0].level !== from.level)
          throw new AppError("conflict", "The tenant is not where this move begins any more.");
        await work();
        break;
      } catch (error) {
        if (!isLockTimeout(error) || tries === LOCK_TRIES) throw error;
        await main.query("ROLLBACK TO SAVEPOINT free");
        await delay(50 + Math.random() * 200);
      }
    }
    await main.query("COMMIT");
  } catch (error) {
    await main.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

/** A transaction there may have lost its connection to the main database, and the lock with it, and still be about to commit. */
async function lockThere(fence: pg.Client, tenantId: string): Promise<void> {
  await fence.query("ROLLBACK; BEGIN");
  await fence.query(LOCK_PATIENCE);
  await fence.query("SELECT pg_advisory_xact_lock($1, hashtext($2))", [TENANT_LOCK, tenantId]);
}

/** Such a tenant publishes where nobody else does; who adds a target takes the same lock. */
async function refuseShared(main: pg.Client, { tenantId, wanted }: Pick<Move, "tenantId" | "wanted">): Promise<void> {
  if (wanted !== "dedicated-cluster") return;
  await main.query("SELECT pg_advisory_xact_lock(7204018)");
  const { rows } = await main.query<{ value: string }>("SELECT claimed_value AS value FROM shared_targets_of($1)", [
    tenantId,
  ]);
  if (rows[0]) throw new AppError("conflict", `Another tenant publishes to ${rows[0].value} too.`);
}

async function switchTo(main: pg.Client, { id, tenantId, wanted, from, to }: Move, proof: Record<string, unknown>) {
  await refuseShared(main, { tenantId, wanted });
  await main.query(
    `UPDATE tenant_places SET level = $2, schema_name = $3, database_name = $4, generation = generation + 1, projected = $5
     WHERE tenant_id = $1`,
    [tenantId, wanted, to.schema, to.database, proof.position ?? 0],
  );
  const { rowCount } = await main.query(
    `UPDATE tenant_moves SET state = 'switched', switched_at = now(), progress = $2, error = NULL, from_schema = $3, from_database = $4
     WHERE id = $1 AND state = 'copying'`,
    [id, JSON.stringify(proof), isSame(from, to) ? null : from.schema, isSame(from, to) ? null : from.database],
  );
  if (rowCount !== 1) throw new AppError("conflict", "This move was given up meanwhile.");
}

/** The log ends alike at both sides: position and hash. */
async function logEnd(source: Side, target: Side, tenantId: string): Promise<number> {
  const end = async ({ client, schema }: Side) => {
    const { rows } = await client.query<{ position: string; hash: Buffer }>(
      `SELECT position, hash FROM ${pg.escapeIdentifier(schema)}.event_heads WHERE tenant_id = $1`,
      [tenantId],
    );
    return rows[0] ? `${rows[0].position}:${rows[0].hash.toString("hex")}` : "0:";
  };
  const [theirs, ours] = [await end(source), await end(target)];
  if (theirs !== ours) throw new AppError("internal", `The log ends at ${theirs}, and its copy at ${ours}.`);
  return Number(theirs.split(":")[0]);
}

export async function progress(
  { control }: Pick<Surroundings, "control">,
  { id }: Pick<Move, "id">,
  said: object,
): Promise<void> {
  await control.query("UPDATE tenant_moves SET progress = progress || $2 WHERE id = $1", [id, JSON.stringify(said)]);
}

/** The shared tables of days have a partition for each that the tenant remembers. */
async function makeDays(
  source: Side,
  control: pg.Client,
  tables: readonly DataTable[],
  tenantId: string,
): Promise<void> {
  if (!tables.some(({ name }) => name === "alert_firings")) return;
  const { rows } = await source.client.query<{ day: string }>(
    `SELECT DISTINCT day::text AS day FROM ${pg.escapeIdentifier(source.schema)}.alert_firings WHERE tenant_id = $1`,
    [tenantId],
  );
  for (const { day } of rows) await control.query("SELECT make_alert_firings_day($1::date)", [day]);
}

/** Removes a copy that nobody uses. */
export async function removePlace(
  { schema, database }: Pick<Place, "schema" | "database">,
  { control, ownerUrl }: Pick<Surroundings, "control" | "ownerUrl">,
): Promise<void> {
  if (schema !== null) await control.query(`DROP SCHEMA IF EXISTS ${pg.escapeIdentifier(schema)} CASCADE`);
  if (database !== null) await dropDatabase(ownerUrl, database);
}
