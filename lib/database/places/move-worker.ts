import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { AppError } from "@/lib/errors";
import { failpoint } from "@/lib/resilience";
import { migrate, readMigrations } from "../migrate";
import { carryMove, type Move, type Place, removePlace, type Surroundings } from "./move";
import { connect, createDatabase } from "./own-database";
import { alignSchema, type Backfill } from "./provision";

export interface MoveWorkerOptions {
  /** The owner's connection: what runs here makes and drops schemas and databases. */
  ownerUrl: string;
  migrations: string;
  /** How long the old copy is kept. */
  graceMs?: number;
  pollMs?: number;
  /** After a move ended, well or not. Told at least once. */
  onEnd?(move: { id: string; tenantId: string; wanted: string; error: string | null }): Promise<void>;
  onError?(error: unknown): void;
}

export interface MoveWorker {
  stop(): Promise<void>;
}

const ONE_WORKER = 7_204_017;
const MOST_ATTEMPTS = 3;
const MINUTE_MS = 60_000;

/** Moves tenants one after the other, as they were asked for. Every supervisor may run one: the first that comes does the work. */
export function startMoveWorker(options: MoveWorkerOptions): MoveWorker {
  const { pollMs = 1_000, onError = () => undefined } = options;
  const stopping = new AbortController();
  let client: pg.Client | undefined;
  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        client ??= await connect(options.ownerUrl);
        const { rows } = await client.query<{ mine: boolean }>("SELECT pg_try_advisory_lock($1) AS mine", [ONE_WORKER]);
        if (rows[0]?.mine) {
          try {
            await runMoves(client, options);
          } finally {
            await client.query("SELECT pg_advisory_unlock($1)", [ONE_WORKER]);
          }
        }
      } catch (error) {
        onError(error);
        await client?.end().catch(() => undefined);
        client = undefined;
      }
      await delay(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
    await client?.end().catch(() => undefined);
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

let swept = 0;

interface Row {
  id: string;
  tenant_id: string;
  wanted: string;
  state: string;
  attempts: number;
  generation: number;
  level: string;
  schema_name: string | null;
  database_name: string | null;
  to_schema: string | null;
  to_database: string | null;
  from_schema: string | null;
  from_database: string | null;
}

async function runMoves(control: pg.Client, options: MoveWorkerOptions): Promise<void> {
  const { graceMs = 5 * MINUTE_MS } = options;
  const around = surroundings(control, options);
  const { rows } = await control.query<Row>(
    `SELECT m.*, p.generation, p.level, p.schema_name, p.database_name FROM tenant_moves m JOIN tenant_places p USING (tenant_id)
     WHERE m.state IN ('requested', 'copying')
       OR (m.state = 'switched' AND (m.switched_at < now() - $1 * interval '1 ms'
         OR EXISTS (SELECT FROM tenant_moves n WHERE n.tenant_id = m.tenant_id AND n.state IN ('requested', 'copying'))))
     ORDER BY m.requested_at`,
    [graceMs],
  );
  for (const row of rows) {
    if (row.state === "switched") await clean(row, around);
    else await attempt(row, around, options);
  }
  if (Date.now() - swept < MINUTE_MS && rows.length === 0) return;
  swept = Date.now();
  await removeOrphans(around);
}

function surroundings(control: pg.Client, { ownerUrl, migrations }: MoveWorkerOptions): Surroundings {
  return { control, ownerUrl, migrations, version: readMigrations(migrations).at(-1)?.name ?? "" };
}

async function attempt(row: Row, around: Surroundings, { onEnd, onError }: MoveWorkerOptions): Promise<void> {
  const { control } = around;
  const to =
    row.state === "copying" ? { schema: row.to_schema, database: row.to_database } : await destination(row, control);
  await control.query(
    "UPDATE tenant_moves SET state = 'copying', attempts = attempts + 1, to_schema = $2, to_database = $3 WHERE id = $1",
    [row.id, to.schema, to.database],
  );
  failpoint("move.begun");
  const from: Place = { level: row.level, schema: row.schema_name, database: row.database_name };
  const move: Move = { id: row.id, tenantId: row.tenant_id, wanted: row.wanted, generation: row.generation, from, to };
  try {
    await carryMove(move, around);
    await onEnd?.({ id: row.id, tenantId: row.tenant_id, wanted: row.wanted, error: null });
  } catch (error) {
    onError?.(error);
    const said = error instanceof Error ? error.message : String(error);
    const refused = error instanceof AppError && error.code === "conflict";
    await control.query("UPDATE tenant_moves SET error = $2 WHERE id = $1", [row.id, said.slice(0, 500)]);
    if (!refused && row.attempts + 1 < MOST_ATTEMPTS) return;
    if (to.schema !== from.schema || to.database !== from.database) await removePlace(to, around);
    failpoint("move.undone");
    await control.query(
      "UPDATE tenant_moves SET state = 'failed', finished_at = now() WHERE id = $1 AND state = 'copying'",
      [row.id],
    );
    await onEnd?.({ id: row.id, tenantId: row.tenant_id, wanted: row.wanted, error: said });
  }
}

/** A name that no earlier place of this tenant had, so that an old copy can never be taken for the new one. */
async function destination(row: Row, control: pg.Client): Promise<Pick<Place, "schema" | "database">> {
  const end = `${row.tenant_id.replaceAll("-", "")}_g${row.generation + 1}`;
  if (row.wanted === "shared") return { schema: null, database: null };
  if (row.wanted === "schema") return { schema: `tenant_${end}`, database: null };
  if (row.database_name !== null) return { schema: null, database: row.database_name };
  return { schema: null, database: `${await databasePrefix(control)}${end}` };
}

/** Other installations may be on the same server. */
export async function databasePrefix(control: pg.Client): Promise<string> {
  const { rows } = await control.query<{ prefix: string }>(
    "SELECT 'signalbox_' || substr(md5(current_database()), 1, 8) || '_' AS prefix",
  );
  return rows[0]?.prefix ?? "";
}

async function clean(row: Row, around: Surroundings): Promise<void> {
  const old = { schema: row.from_schema, database: row.from_database };
  if (old.schema === row.schema_name) old.schema = null;
  if (old.database === row.database_name) old.database = null;
  await removePlace(old, around);
  failpoint("move.removed");
  await around.control.query("UPDATE tenant_moves SET state = 'done', finished_at = now() WHERE id = $1", [row.id]);
}

/** What is left of a tenant that was deleted, or of a move whose tenant was. */
async function removeOrphans(around: Surroundings): Promise<void> {
  const { control } = around;
  await control.query("DELETE FROM tenant_places p WHERE NOT EXISTS (SELECT FROM tenants t WHERE t.id = p.tenant_id)");
  await control.query("DELETE FROM tenant_moves m WHERE NOT EXISTS (SELECT FROM tenants t WHERE t.id = m.tenant_id)");
  const named = (place: string) =>
    `EXISTS (SELECT FROM tenant_places WHERE ${place}_name = name)
     OR EXISTS (SELECT FROM tenant_moves WHERE state IN ('requested', 'copying', 'switched') AND name IN (to_${place}, from_${place}))`;
  const { rows } = await control.query<{ schema: string | null; database: string | null }>(
    `SELECT name AS schema, NULL AS database FROM (SELECT nspname::text AS name FROM pg_namespace WHERE nspname ~ '^tenant_[0-9a-f]{32}_g[0-9]+$') s
       WHERE NOT (${named("schema")})
     UNION ALL
     SELECT NULL, name FROM (SELECT datname::text AS name FROM pg_database WHERE datname ~ ('^' || $1 || '[0-9a-f]{32}_g[0-9]+$')) d
       WHERE NOT (${named("database")})`,
    [await databasePrefix(control)],
  );
  for (const orphan of rows) await removePlace(orphan, around);
}

/** Migrates the main database, then every place where a tenant has tables of its own. Returns what was applied to the main one. */
export async function migrateEverywhere(ownerUrl: string, migrations: string): Promise<string[]> {
  const applied = await migrate(ownerUrl, migrations);
  const client = await connect(ownerUrl);
  try {
    const { rows: known } = await client.query("SELECT FROM pg_class WHERE oid = to_regclass('public.tenant_places')");
    if (known.length === 0) return applied;
    const { rows } = await client.query<{ schema: string | null; database: string | null }>(
      "SELECT schema_name AS schema, database_name AS database FROM tenant_places WHERE level <> 'shared'",
    );
    const all = readMigrations(migrations);
    const backfills: Backfill[] = all.flatMap(({ name, tenantSql }) =>
      tenantSql === null ? [] : [{ name, sql: tenantSql }],
    );
    for (const { schema, database } of rows) {
      if (schema !== null) await alignSchema(client, schema, all.at(-1)?.name ?? "", backfills);
      if (database !== null) await createDatabase(ownerUrl, database, migrations);
    }
  } finally {
    await client.end();
  }
  return applied;
}
