import { createHash } from "node:crypto";
import pg from "pg";
import { AppError } from "@/lib/errors";
import type { DataTable } from "./catalogue";

/** Where rows are read from, or written to. */
export interface Side {
  client: pg.Client;
  schema: string;
}

const id = pg.escapeIdentifier;
const ROWS = 1_000;

/** So that both sides print the same value with the same letters. */
export const PLAIN_TEXT = `SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
  SET bytea_output = 'hex'; SET extra_float_digits = 1; SET search_path = public`;

const from = ({ schema }: Side, { name }: DataTable) => `${id(schema)}.${id(name)}`;
const keyText = ({ key }: DataTable) => `ROW(${key.map(id).join(", ")})::text`;
// What is computed is not copied, but its place in the row is kept.
const rowText = ({ columns }: DataTable) =>
  `ROW(${columns.map(({ name, generated }) => (generated ? "NULL" : id(name))).join(", ")})::text`;

interface Bucket {
  bucket: number;
  count: string;
  low: string;
  high: string;
}

export type Digests = ReadonlyMap<number, string>;

/** How many rows the tenant has in the table and what they hold, in 256 parts. */
export async function digestsOf(side: Side, table: DataTable, tenantId: string): Promise<Digests> {
  const { rows } = await side.client.query<Bucket>(
    `SELECT hashtext(key) & 255 AS bucket, count(*) AS count,
       sum(('x' || substr(hash, 1, 15))::bit(60)::bigint) AS low, sum(('x' || substr(hash, 17, 15))::bit(60)::bigint) AS high
     FROM (SELECT ${keyText(table)} AS key, md5(${rowText(table)}) AS hash FROM ${from(side, table)} WHERE tenant_id = $1) r
     GROUP BY 1`,
    [tenantId],
  );
  return new Map(rows.map(({ bucket, count, low, high }) => [bucket, `${count}:${low}:${high}`]));
}

export const countOf = (digests: Digests) =>
  [...digests.values()].reduce((sum, digest) => sum + Number(digest.split(":")[0]), 0);

/** One line for the whole of a table. */
export function fingerprintOf(digests: Digests): string {
  const hash = createHash("sha256");
  for (const [bucket, digest] of [...digests].sort(([a], [b]) => a - b)) hash.update(`${bucket} ${digest}\n`);
  return hash.digest("hex");
}

const differing = (left: Digests, right: Digests) =>
  [...new Set([...left.keys(), ...right.keys()])].filter((bucket) => left.get(bucket) !== right.get(bucket));

/** Makes the tenant's rows at `target` the same as those at `source`, whatever was there; returns how many it wrote or removed. */
export async function makeEqual(
  source: Side,
  target: Side,
  tables: readonly DataTable[],
  tenantId: string,
  report: (table: string) => Promise<void> | void = () => undefined,
): Promise<number> {
  const plans: { table: DataTable; whole: boolean; missing: string[]; extra: string[] }[] = [];
  for (const table of tables) {
    const [theirs, ours] = [await digestsOf(source, table, tenantId), await digestsOf(target, table, tenantId)];
    const buckets = differing(theirs, ours);
    if (buckets.length === 0) continue;
    if (ours.size === 0) plans.push({ table, whole: true, missing: [], extra: [] });
    else plans.push({ table, whole: false, ...(await compare(source, target, table, tenantId, buckets)) });
  }
  let changed = 0;
  for (const { table, extra } of plans.toReversed()) changed += await remove(target, table, tenantId, extra);
  for (const { table, whole, missing } of plans) {
    await report(table.name);
    if (whole) changed += await copyWhole(source, target, table, tenantId);
    else changed += await copyKeys(source, target, table, tenantId, missing);
    await advanceIdentities(target, table, tenantId);
  }
  return changed;
}

async function compare(source: Side, target: Side, table: DataTable, tenantId: string, buckets: readonly number[]) {
  const hashes = async (side: Side) => {
    const { rows } = await side.client.query<{ key: string; hash: string }>(
      `SELECT key, hash FROM (SELECT ${keyText(table)} AS key, md5(${rowText(table)}) AS hash FROM ${from(side, table)}
       WHERE tenant_id = $1) r WHERE hashtext(key) & 255 = ANY ($2)`,
      [tenantId, buckets],
    );
    return new Map(rows.map(({ key, hash }) => [key, hash]));
  };
  const [theirs, ours] = [await hashes(source), await hashes(target)];
  const changed = (key: string) => ours.has(key) && theirs.has(key) && ours.get(key) !== theirs.get(key);
  const missing = [...theirs.keys()].filter((key) => !ours.has(key) || changed(key));
  // A row that others refer to is overwritten, for its removal would take them with it.
  const extra = [...ours.keys()].filter((key) => !theirs.has(key) || (changed(key) && !table.referenced));
  return { missing, extra };
}

async function remove(target: Side, table: DataTable, tenantId: string, keys: readonly string[]): Promise<number> {
  if (keys.length === 0) return 0;
  const sql = `DELETE FROM ${from(target, table)} WHERE tenant_id = $1 AND ${keyText(table)} = ANY ($2)`;
  return (await target.client.query(sql, [tenantId, keys])).rowCount ?? 0;
}

async function copyWhole(source: Side, target: Side, table: DataTable, tenantId: string): Promise<number> {
  let copied = 0;
  const { client } = source;
  await client.query("BEGIN");
  const cursor = `SELECT ${rowText(table)} AS row FROM ${from(source, table)} WHERE tenant_id = ${pg.escapeLiteral(tenantId)}`;
  await client.query(`DECLARE rows_to_copy NO SCROLL CURSOR FOR ${cursor}`);
  try {
    for (;;) {
      const { rows } = await client.query<{ row: string }>(`FETCH ${ROWS} FROM rows_to_copy`);
      if (rows.length === 0) break;
      await write(
        target,
        table,
        rows.map(({ row }) => row),
      );
      copied += rows.length;
    }
    await client.query("CLOSE rows_to_copy");
  } finally {
    await client.query("COMMIT");
  }
  return copied;
}

async function copyKeys(
  source: Side,
  target: Side,
  table: DataTable,
  tenantId: string,
  keys: readonly string[],
): Promise<number> {
  for (let start = 0; start < keys.length; start += ROWS) {
    const { rows } = await source.client.query<{ row: string }>(
      `SELECT ${rowText(table)} AS row FROM ${from(source, table)} WHERE tenant_id = $1 AND ${keyText(table)} = ANY ($2)`,
      [tenantId, keys.slice(start, start + ROWS)],
    );
    await write(
      target,
      table,
      rows.map(({ row }) => row),
    );
  }
  return keys.length;
}

async function write(target: Side, table: DataTable, rows: readonly string[]): Promise<void> {
  if (rows.length === 0) return;
  const columns = table.columns.filter(({ generated }) => !generated);
  const updated = columns
    .filter(({ name, identity }) => !identity && !table.key.includes(name))
    .map(({ name }) => id(name));
  const conflict =
    table.referenced && updated.length > 0
      ? `ON CONFLICT (${table.key.map(id).join(", ")}) DO UPDATE SET ${updated.map((name) => `${name} = EXCLUDED.${name}`).join(", ")}`
      : "";
  await target.client.query(
    `INSERT INTO ${from(target, table)} (${columns.map(({ name }) => id(name)).join(", ")}) OVERRIDING SYSTEM VALUE
     SELECT ${columns.map(({ name }) => `(given.r).${id(name)}`).join(", ")}
     FROM (SELECT text::${from(target, table)} AS r FROM unnest($1::text[]) AS text OFFSET 0) given ${conflict}`,
    [rows],
  );
}

/** By taking numbers, which nobody else gets then: to set the sequence could give one out twice. */
async function advanceIdentities(target: Side, table: DataTable, tenantId: string): Promise<void> {
  for (const { name, identity } of table.columns) {
    if (!identity) continue;
    const sequence = `pg_get_serial_sequence(${pg.escapeLiteral(from(target, table))}, ${pg.escapeLiteral(name)})`;
    const { rows } = await target.client.query<{ sequence: string; most: string }>(
      `SELECT ${sequence} AS sequence, coalesce(max(${id(name)}), 0) AS most FROM ${from(target, table)} WHERE tenant_id = $1`,
      [tenantId],
    );
    const { sequence: taken, most } = rows[0] ?? { sequence: null, most: "0" };
    if (!taken) throw new AppError("internal", `${table.name}.${name} has no sequence.`);
    await target.client.query(
      `SELECT count(nextval('${taken}')) FROM generate_series(1, greatest(0, 1 + $1::bigint - (SELECT last_value FROM ${taken})))`,
      [most],
    );
  }
}

/** Throws unless both sides hold the same rows, and says what they hold. */
export async function verifyEqual(source: Side, target: Side, tables: readonly DataTable[], tenantId: string) {
  const hash = createHash("sha256");
  let rows = 0;
  for (const table of tables) {
    const [theirs, ours] = [await digestsOf(source, table, tenantId), await digestsOf(target, table, tenantId)];
    if (differing(theirs, ours).length > 0)
      throw new AppError(
        "internal",
        `The copy of ${table.name} is not equal: ${countOf(theirs)} rows, ${countOf(ours)} copied.`,
      );
    rows += countOf(theirs);
    hash.update(`${table.name} ${fingerprintOf(theirs)}\n`);
  }
  return { rows, digest: hash.digest("hex") };
}

/** Removes the tenant's rows; those that refer to others first. */
export async function removeRows(side: Side, tables: readonly DataTable[], tenantId: string): Promise<void> {
  for (const table of tables.toReversed())
    await side.client.query(`DELETE FROM ${from(side, table)} WHERE tenant_id = $1`, [tenantId]);
}
