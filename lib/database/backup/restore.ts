import type pg from "pg";
import { AppError } from "@/lib/errors";
import { migrate, readMigrations } from "../migrate";
import { PLAIN_TEXT } from "../places/copy-rows";
import { databasePrefix, migrateEverywhere } from "../places/move-worker";
import { connect, createDatabase, dropDatabase } from "../places/own-database";
import { makeSchema } from "../places/provision";
import { onDatabase } from "../places/tenant-clients";
import { columnsOf, copyInto, copyOutOf, nameOf, readTables, type Table } from "./all-tables";
import { copyIn, copyOut } from "./copy-stream";
import type { Dump, DumpRecord } from "./dump";
import { RowDigest } from "./row-digest";

export interface RestoreOptions {
  ownerUrl: string;
  /** The folder of this program's migrations. */
  migrations: string;
  /** What was applied where the dump was taken. */
  level: Dump["migrations"];
  /** Tables that belong to the installation itself: they may have rows, and keep them. */
  behind: readonly string[];
  /** Called when the database has its shape and before the first row: what the records need may be made ready. */
  ready?(): Promise<void>;
  records(): AsyncIterable<DumpRecord>;
  /** Called when all rows are back and nobody sees them yet: what it does holds with them, or nothing does. */
  settled?(ask: Ask): Promise<unknown>;
}

/** Asks the main database, as its owner. */
export type Ask = (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

export interface Restored {
  tables: number;
  rows: number;
  places: number;
  /** Migrations that were applied after the rows had come back. */
  migrated: string[];
}

// The lock of who moves tenants, which `signalbox start` holds now and then.
const ONE_AT_A_TIME = 7_204_017;
const ANOTHER = "Give it a database without tables (MIGRATE_DATABASE_URL), or another DATA_DIR.";
/** Whoever used an installation left something here. */
const USED = ["tenants", "people", "events", "data_keys"];

/** Brings all rows back into an installation that has none: all of them, equal to what was dumped, or nothing. */
export async function restoreDump(options: RestoreOptions): Promise<Restored> {
  const { ownerUrl, migrations } = options;
  const last = requireKnown(options.level, migrations);
  const main = await connect(ownerUrl);
  const made: string[] = [];
  try {
    await main.query("SELECT pg_advisory_lock($1)", [ONE_AT_A_TIME]);
    await shape(main, options, last);
    await options.ready?.();
    await main.query(PLAIN_TEXT);
    await main.query("BEGIN");
    const restored = await writeAll({ ...options, main, last, made });
    await main.query("COMMIT");
    const older = readMigrations(migrations).at(-1)?.name !== last;
    return { ...restored, migrated: older ? await migrateEverywhere(ownerUrl, migrations) : [] };
  } catch (error) {
    await main.query("ROLLBACK").catch(() => undefined);
    for (const database of made) await dropDatabase(ownerUrl, database).catch(() => undefined);
    throw error;
  } finally {
    await main.end().catch(() => undefined);
  }
}

/** The newest migration of the dump; throws where this program does not know all of them as they were. */
function requireKnown(level: Dump["migrations"], folder: string): string {
  const known = new Map(readMigrations(folder).map(({ name, checksum }) => [name, checksum]));
  const other = level.find(({ name, checksum }) => known.get(name) !== checksum);
  if (other)
    throw new AppError(
      "not_ready",
      `This backup is of another or newer Signalbox, with ${other.name}. Restore with that.`,
    );
  const ours = [...known.keys()].slice(0, level.length);
  if (level.length === 0 || ours.some((name, n) => name !== level[n]?.name))
    throw new AppError("not_ready", "This backup's migrations are not those of any Signalbox before this one.");
  return ours.at(-1) ?? "";
}

/** A database without tables gets those of the dump; one that has tables must have these already. */
async function shape(main: pg.Client, { ownerUrl, migrations, level }: RestoreOptions, last: string): Promise<void> {
  const tables = await readTables(main, "public");
  if (tables.length === 0) {
    await migrate(ownerUrl, migrations, last);
    return;
  }
  const { rows: history } = await main.query(
    "SELECT FROM pg_class WHERE oid = to_regclass('public._prisma_migrations')",
  );
  if (history.length === 0) throw new AppError("conflict", `This database has other tables. ${ANOTHER}`);
  await requireUnused(main, tables);
  const { rows } = await main.query<{ name: string }>(
    "SELECT migration_name AS name FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY 1",
  );
  if (rows.map(({ name }) => name).join() !== level.map(({ name }) => name).join())
    throw new AppError("conflict", `This database has tables of another version than the backup. ${ANOTHER}`);
}

async function requireUnused(main: pg.Client, tables: readonly Table[]): Promise<void> {
  for (const { name } of tables) {
    if (!USED.includes(name)) continue;
    const { rows } = await main.query(`SELECT FROM ${nameOf("public", name)} LIMIT 1`);
    if (rows.length > 0) throw new AppError("conflict", `This installation is in use: it has ${name}. ${ANOTHER}`);
  }
}

interface Work extends RestoreOptions {
  main: pg.Client;
  last: string;
  /** Databases that were made, to be removed when something fails. */
  made: string[];
}

interface Place {
  client: pg.Client;
  schema: string;
  tables: readonly Table[];
  own: boolean;
}

async function writeAll(work: Work): Promise<Omit<Restored, "migrated">> {
  const { main, behind } = work;
  const tables = await readTables(main, "public");
  await makeRoom(
    main,
    tables.filter(({ name }) => !behind.includes(name)),
  );
  const shared: Place = { client: main, schema: "public", tables, own: false };
  const counted = { tables: 0, rows: 0, places: 0 };
  let place: Place | undefined;
  const renamed: [string, string][] = [];
  const source = work.records()[Symbol.asyncIterator]();
  const take = async (): Promise<DumpRecord | null> => {
    const { value, done } = await source.next();
    return done ? null : value;
  };
  try {
    for (let record = await take(); record; record = await take()) {
      if (record.type === "place") {
        await leave(place);
        place = record.tenantId === null ? shared : await enter(work, record.tenantId, record, renamed);
        counted.places++;
      } else if (!place) throw broken();
      else if (record.type === "table") {
        counted.rows += await copyTable(place, record, take);
        counted.tables++;
      } else if (record.type === "apart") await insertRow(place, record.table, record.row);
      else throw broken();
    }
    await leave(place);
    await settle(main, renamed);
    await work.settled?.(async (sql, values) => (await main.query<Record<string, unknown>>(sql, values)).rows);
  } catch (error) {
    if (place?.own) await place.client.end().catch(() => undefined);
    throw error;
  }
  return counted;
}

const broken = () => new AppError("invalid_input", "This backup's records are not in order.");

/** Alone with the tables until the end, so that nobody begins to use the installation; what migrations put there goes. */
async function makeRoom(main: pg.Client, tables: readonly Table[]): Promise<void> {
  await main.query(
    `LOCK TABLE ${tables.map(({ name }) => nameOf("public", name)).join(", ")} IN ACCESS EXCLUSIVE MODE`,
  );
  await requireUnused(main, tables);
  for (const { name } of tables.toReversed()) await main.query(`DELETE FROM ${nameOf("public", name)}`);
}

async function enter(
  { main, ownerUrl, migrations, last, made }: Work,
  tenantId: string,
  { schema, database }: { schema: string | null; database: string | null },
  renamed: [string, string][],
): Promise<Place> {
  if (schema !== null) {
    await makeSchema(main, schema, last);
    return { client: main, schema, tables: await readTables(main, schema), own: false };
  }
  if (database === null) throw broken();
  // Other installations may be on the same server, also the one that the backup is of.
  const name = `${await databasePrefix(main)}${tenantId.replaceAll("-", "")}${/_g\d+$/.exec(database)?.[0] ?? "_g1"}`;
  renamed.push([tenantId, name]);
  await dropDatabase(ownerUrl, name);
  made.push(name);
  await createDatabase(ownerUrl, name, migrations, last);
  const client = await connect(onDatabase(ownerUrl, name));
  await client.query(PLAIN_TEXT);
  await client.query("BEGIN");
  return { client, schema: "public", tables: await readTables(client, "public"), own: true };
}

async function leave(place: Place | undefined): Promise<void> {
  if (!place?.own) return;
  await place.client.query("COMMIT");
  await place.client.end();
}

type TableRecord = Extract<DumpRecord, { type: "table" }>;

/** Writes the rows that follow, reads them again, and throws unless they are as many and the same. */
async function copyTable(
  { client, schema, tables }: Place,
  { name, columns, days }: TableRecord,
  take: () => Promise<DumpRecord | null>,
): Promise<number> {
  const table = tables.find((known) => known.name === name);
  if (!table || columns.some((column) => !table.columns.includes(column))) throw broken();
  if (table.partitioned && schema === "public") await makeDays(client, days);
  let end: Extract<DumpRecord, { type: "end" }> | undefined;
  async function* rows() {
    for (;;) {
      const record = await take();
      if (record?.type === "rows") yield record.bytes;
      else if (record?.type === "end") {
        end = record;
        return;
      } else throw broken();
    }
  }
  await copyIn(client, copyInto(schema, name, columns), rows());
  const digest = new RowDigest();
  for await (const batch of copyOut(client, copyOutOf(schema, name, columns))) for (const row of batch) digest.add(row);
  const found = digest.result();
  if (found.rows !== end?.rows || found.digest !== end.digest)
    throw new AppError("internal", `The rows of ${name} came back otherwise: ${found.rows} of ${end?.rows}.`);
  for (const column of table.identities)
    await client.query(
      `SELECT setval(pg_get_serial_sequence($1, $2), greatest(max(${columnsOf([column])}), 1)) FROM ${nameOf(schema, name)}`,
      [nameOf(schema, name), column],
    );
  return found.rows;
}

/** The shared tables of days have a partition for each; in a tenant's own database one takes them all. */
async function makeDays(client: pg.Client, days: readonly string[]): Promise<void> {
  const { rows } = await client.query(
    "SELECT FROM pg_partitioned_table WHERE partdefid <> 0 AND partrelid = 'public.alert_firings'::regclass",
  );
  if (rows.length > 0) return;
  for (const day of days) await client.query("SELECT make_alert_firings_day($1::date)", [day]);
}

async function insertRow(
  { client, schema, tables }: Place,
  table: string,
  row: Record<string, unknown>,
): Promise<void> {
  if (!tables.some(({ name }) => name === table)) throw broken();
  const target = nameOf(schema, table);
  await client.query(`INSERT INTO ${target} SELECT (jsonb_populate_record(NULL::${target}, $1)).*`, [
    JSON.stringify(row),
  ]);
}

/** What names places of the installation that the backup is of. */
async function settle(main: pg.Client, renamed: readonly [string, string][]): Promise<void> {
  for (const [tenantId, name] of renamed)
    await main.query("UPDATE tenant_places SET database_name = $2 WHERE tenant_id = $1", [tenantId, name]);
  await main.query(
    `UPDATE tenant_moves SET state = 'failed', finished_at = now(), error = 'given up: restored from a backup',
       from_schema = NULL, from_database = NULL, to_schema = NULL, to_database = NULL
     WHERE state IN ('requested', 'copying', 'switched')`,
  );
}
