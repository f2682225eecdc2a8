import type pg from "pg";
import { AppError } from "@/lib/errors";
import type { AppliedMigration } from "../migrate";
import { PLAIN_TEXT } from "../places/copy-rows";
import { connect } from "../places/own-database";
import { DATA_TABLES } from "../places/tables";
import { onDatabase } from "../places/tenant-clients";
import { copyOutOf, nameOf, readTables, type Table } from "./all-tables";
import { copyOut } from "./copy-stream";
import { RowDigest } from "./row-digest";

/** What a dump consists of, in this order: places, in each its tables, of each its rows. */
export type DumpRecord =
  | { type: "place"; tenantId: string | null; schema: string | null; database: string | null }
  | { type: "table"; name: string; columns: string[]; days: string[] }
  | { type: "rows"; bytes: Buffer }
  | { type: "end"; rows: number; digest: string }
  | { type: "apart"; table: string; row: Record<string, unknown> };

export interface DumpOptions {
  ownerUrl: string;
  /** Tables that are not copied: of one that stays behind nothing comes, of one that is `apart` each row as JSON. */
  behind: readonly string[];
  apart: readonly string[];
}

export interface Dump {
  /** What the database's shape is: the migrations that were applied. */
  migrations: { name: string; checksum: string }[];
  records(): AsyncGenerator<DumpRecord>;
  close(): Promise<void>;
}

interface PlaceRow {
  tenant_id: string;
  schema: string | null;
  database: string | null;
}

// The lock of who moves tenants: nobody changes places meanwhile.
const NO_MOVES = 7_204_017;
const ONE_SNAPSHOT = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const FETCH = 500;

/**
 * Opens one snapshot of the whole main database and reads all from it. A tenant's own database is read in a snapshot of its own
 * that is younger: as after a crash its log may be ahead of the directory, which follows it (`repairDirectory` of tenancy).
 */
export async function openDump(options: DumpOptions): Promise<Dump> {
  const main = await connect(options.ownerUrl);
  try {
    await main.query(PLAIN_TEXT);
    await main.query("SELECT pg_advisory_lock($1)", [NO_MOVES]);
    await main.query(ONE_SNAPSHOT);
    const { rows } = await main.query<AppliedMigration>(
      "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name",
    );
    const unfinished = rows.find((row) => !row.finished_at);
    if (unfinished) throw new AppError("not_ready", `Migration ${unfinished.migration_name} is not finished.`);
    return {
      migrations: rows.map(({ migration_name, checksum }) => ({ name: migration_name, checksum })),
      records: () => everything(main, options),
      close: () => main.end(),
    };
  } catch (error) {
    await main.end().catch(() => undefined);
    throw error;
  }
}

async function* everything(main: pg.Client, options: DumpOptions): AsyncGenerator<DumpRecord> {
  yield { type: "place", tenantId: null, schema: null, database: null };
  yield* tablesOf(main, "public", await readTables(main, "public"), options);
  const { rows } = await main.query<PlaceRow>(
    `SELECT tenant_id, schema_name AS schema, database_name AS database FROM tenant_places
     WHERE (schema_name IS NOT NULL OR database_name IS NOT NULL) AND EXISTS (SELECT FROM tenants t WHERE t.id = tenant_id)
     ORDER BY tenant_id`,
  );
  for (const { tenant_id: tenantId, schema, database } of rows) {
    yield { type: "place", tenantId, schema, database };
    if (schema !== null) yield* tablesOf(main, schema, await readTables(main, schema), options);
    else if (database !== null) yield* ownDatabase(database, options);
  }
}

async function* ownDatabase(database: string, options: DumpOptions): AsyncGenerator<DumpRecord> {
  const client = await connect(onDatabase(options.ownerUrl, database));
  try {
    await client.query(PLAIN_TEXT);
    await client.query(ONE_SNAPSHOT);
    const tables = await readTables(client, "public");
    yield* tablesOf(
      client,
      "public",
      tables.filter(({ name }) => DATA_TABLES.includes(name)),
      options,
    );
  } finally {
    await client.end();
  }
}

async function* tablesOf(
  client: pg.Client,
  schema: string,
  tables: readonly Table[],
  { behind, apart }: DumpOptions,
): AsyncGenerator<DumpRecord> {
  for (const { name, columns, partitioned } of tables) {
    if (behind.includes(name)) continue;
    if (apart.includes(name)) yield* rowsApart(client, schema, name);
    else yield* rowsOf(client, schema, { name, columns, partitioned });
  }
}

async function* rowsOf(
  client: pg.Client,
  schema: string,
  { name, columns, partitioned }: Omit<Table, "identities">,
): AsyncGenerator<DumpRecord> {
  const digest = new RowDigest();
  const days = partitioned ? await daysOf(client, schema, name) : [];
  yield { type: "table", name, columns, days };
  for await (const rows of copyOut(client, copyOutOf(schema, name, columns))) {
    for (const row of rows) digest.add(row);
    yield { type: "rows", bytes: Buffer.concat(rows) };
  }
  yield { type: "end", ...digest.result() };
}

async function daysOf(client: pg.Client, schema: string, name: string): Promise<string[]> {
  const { rows } = await client.query<{ day: string }>(`SELECT DISTINCT day::text AS day FROM ${nameOf(schema, name)}`);
  return rows.map(({ day }) => day);
}

async function* rowsApart(client: pg.Client, schema: string, table: string): AsyncGenerator<DumpRecord> {
  await client.query(
    `DECLARE rows_apart NO SCROLL CURSOR FOR SELECT to_jsonb(t) AS row FROM ${nameOf(schema, table)} t`,
  );
  for (;;) {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(`FETCH ${FETCH} FROM rows_apart`);
    for (const { row } of rows) yield { type: "apart", table, row };
    if (rows.length < FETCH) break;
  }
  await client.query("CLOSE rows_apart");
}
