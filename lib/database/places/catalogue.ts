import type pg from "pg";
import { AppError } from "@/lib/errors";
import { DIRECTORY_TABLES } from "./tables";

export interface Column {
  name: string;
  type: string;
  required: boolean;
  /** Of the default, or of what is always computed. */
  expression: string | null;
  generated: boolean;
  identity: boolean;
}

export interface DataTable {
  name: string;
  columns: Column[];
  key: string[];
  partitioned: boolean;
  /** Rows of other tables refer to it. */
  referenced: boolean;
}

interface Row {
  name: string;
  partitioned: boolean;
  columns: Column[];
  key: string[] | null;
  parents: string[];
}

const QUERY = `
  SELECT c.relname::text AS name, c.relkind = 'p' AS partitioned,
    (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'required', a.attnotnull,
       'expression', pg_get_expr(d.adbin, d.adrelid), 'generated', a.attgenerated <> '', 'identity', a.attidentity <> '') ORDER BY a.attnum)
     FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
    (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_index i
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = c.oid AND i.indisprimary) AS key,
    array(SELECT DISTINCT p.relname::text FROM pg_constraint f JOIN pg_class p ON p.oid = f.confrelid
     WHERE f.conrelid = c.oid AND f.contype = 'f' AND p.relnamespace = c.relnamespace AND p.oid <> c.oid) AS parents
  FROM pg_class c
  WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)
    AND NOT c.relname::text = ANY ($2)
  ORDER BY c.relname`;

/** The tables of a schema that hold data of tenants; those that others refer to come first. */
export async function readDataTables(client: pg.Client, schema = "public"): Promise<DataTable[]> {
  const { rows } = await client.query<Row>(QUERY, [schema, DIRECTORY_TABLES]);
  const names = new Set(rows.map(({ name }) => name));
  const parents = new Map(rows.map((row) => [row.name, row.parents.filter((parent) => names.has(parent))]));
  const ordered: Row[] = [];
  const placed = new Set<string>();
  while (ordered.length < rows.length) {
    const next = rows.filter(
      ({ name }) => !placed.has(name) && parents.get(name)?.every((parent) => placed.has(parent)),
    );
    if (next.length === 0) throw new AppError("internal", "Tables refer to each other in a circle.");
    for (const row of next) placed.add(row.name);
    ordered.push(...next);
  }
  const referenced = new Set([...parents.values()].flat());
  return ordered.map(({ name, partitioned, columns, key }) => {
    if (!key) throw new AppError("internal", `The table ${name} has no primary key.`);
    return { name, partitioned, columns, key, referenced: referenced.has(name) };
  });
}
