import pg from "pg";
import { AppError } from "@/lib/errors";

const id = pg.escapeIdentifier;

export interface Table {
  name: string;
  /** Those that are written; the others are computed. */
  columns: string[];
  identities: string[];
  partitioned: boolean;
}

interface Row extends Table {
  parents: string[];
}

const QUERY = `
  SELECT c.relname::text AS name, c.relkind = 'p' AS partitioned,
    array(SELECT a.attname::text FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns,
    array(SELECT a.attname::text FROM pg_attribute a
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity <> '' ORDER BY a.attnum) AS identities,
    array(SELECT DISTINCT p.relname::text FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid
     WHERE f.conrelid = c.oid AND f.contype = 'f' AND p.relnamespace = c.relnamespace AND p.oid <> c.oid) AS parents
  FROM pg_class c
  WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '_prisma_migrations'
  ORDER BY c.relname`;

/** Every table of a schema; those that others refer to come first. */
export async function readTables(client: pg.Client, schema: string): Promise<Table[]> {
  const { rows } = await client.query<Row>(QUERY, [id(schema)]);
  const ordered: Table[] = [];
  const placed = new Set<string>();
  while (ordered.length < rows.length) {
    const next = rows.filter(({ name, parents }) => !placed.has(name) && parents.every((parent) => placed.has(parent)));
    if (next.length === 0) throw new AppError("internal", "Tables refer to each other in a circle.");
    for (const { parents: _parents, ...table } of next) {
      placed.add(table.name);
      ordered.push(table);
    }
  }
  return ordered;
}

export const nameOf = (schema: string, name: string) => `${id(schema)}.${id(name)}`;

export const columnsOf = (columns: readonly string[]) => columns.map(id).join(", ");

/** A partitioned table is read by its name only from PostgreSQL 18 on. */
export const copyOutOf = (schema: string, name: string, columns: readonly string[]) =>
  `COPY (SELECT ${columnsOf(columns)} FROM ${nameOf(schema, name)}) TO STDOUT`;

export const copyInto = (schema: string, name: string, columns: readonly string[]) =>
  `COPY ${nameOf(schema, name)} (${columnsOf(columns)}) FROM STDIN`;
