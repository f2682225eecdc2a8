import pg from "pg";
import { type Column, type DataTable, readDataTables } from "./catalogue";

const id = pg.escapeIdentifier;

/** Makes a schema with a tenant's tables, as those of `public` are; all of it or nothing. `version`: of the migrations. */
export async function createSchema(client: pg.Client, schema: string, version: string): Promise<void> {
  await inTransaction(client, async () => {
    const { rowCount } = await client.query("SELECT FROM pg_namespace WHERE nspname = $1", [schema]);
    if (!rowCount) await makeSchema(client, schema, version);
  });
}

/** The same in the transaction that is open already. */
export async function makeSchema(client: pg.Client, schema: string, version: string): Promise<void> {
  await client.query(`CREATE SCHEMA ${id(schema)}`);
  const tables = await readDataTables(client);
  for (const table of tables) await createTable(client, schema, table);
  await finish(client, schema, tables, version);
}

/** Whether the schema has had what a migration does to its rows: the newest is written down as the schema's comment. */
export interface Backfill {
  name: string;
  sql: string;
}

/** Gives an older schema the shape of `public`: tables, columns, checks, indexes, references, policies and rights. */
export async function alignSchema(
  client: pg.Client,
  schema: string,
  version: string,
  backfills: readonly Backfill[],
): Promise<void> {
  await inTransaction(client, async () => {
    const tables = await readDataTables(client);
    const own = await readDataTables(client, schema);
    for (const { name } of own)
      if (!tables.some((table) => table.name === name))
        await client.query(`DROP TABLE ${id(schema)}.${id(name)} CASCADE`);
    for (const table of tables) {
      const known = own.find(({ name }) => name === table.name);
      if (known) await alignColumns(client, schema, table, known.columns);
      else await createTable(client, schema, table);
    }
    const { rows } = await client.query<{ done: string | null }>("SELECT obj_description($1::regnamespace) AS done", [
      schema,
    ]);
    const done = rows[0]?.done ?? "";
    await client.query(`SET LOCAL search_path = ${id(schema)}, public`);
    for (const { name, sql } of backfills) if (name > done) await client.query(sql);
    await client.query("SET LOCAL search_path = public");
    for (const table of tables) await alignRules(client, schema, table);
    await finish(client, schema, tables, version);
  });
}

async function createTable(client: pg.Client, schema: string, { name }: DataTable): Promise<void> {
  await client.query(`CREATE TABLE ${id(schema)}.${id(name)} (LIKE public.${id(name)} INCLUDING ALL)`);
}

async function alignColumns(
  client: pg.Client,
  schema: string,
  table: DataTable,
  own: readonly Column[],
): Promise<void> {
  const alter = `ALTER TABLE ${id(schema)}.${id(table.name)}`;
  for (const { name } of own)
    if (!table.columns.some((column) => column.name === name))
      await client.query(`${alter} DROP COLUMN ${id(name)} CASCADE`);
  for (const { name, type, expression, generated, identity } of table.columns) {
    const known = own.find((column) => column.name === name);
    if (!known) {
      const value = generated
        ? ` GENERATED ALWAYS AS (${expression}) STORED`
        : identity
          ? " GENERATED ALWAYS AS IDENTITY"
          : expression === null
            ? ""
            : ` DEFAULT ${expression}`;
      await client.query(`${alter} ADD COLUMN ${id(name)} ${type}${value}`);
      continue;
    }
    if (known.type !== type)
      await client.query(`${alter} ALTER COLUMN ${id(name)} TYPE ${type} USING ${id(name)}::${type}`);
    if (generated || identity || known.expression === expression) continue;
    const value = expression === null ? "DROP DEFAULT" : `SET DEFAULT ${expression}`;
    await client.query(`${alter} ALTER COLUMN ${id(name)} ${value}`);
  }
}

/** What rows must obey, after they were filled in. */
async function alignRules(client: pg.Client, schema: string, table: DataTable): Promise<void> {
  const target = `${id(schema)}.${id(table.name)}`;
  const columns = (await readDataTables(client, schema)).find(({ name }) => name === table.name)?.columns ?? [];
  for (const { name, required } of table.columns)
    if (columns.find((column) => column.name === name)?.required !== required)
      await client.query(`ALTER TABLE ${target} ALTER COLUMN ${id(name)} ${required ? "SET" : "DROP"} NOT NULL`);
  const checks = await rulesOf(client, "public", table.name, "c");
  const own = await rulesOf(client, schema, table.name, "c");
  for (const { name, rule } of own)
    if (!checks.some((check) => check.rule === rule))
      await client.query(`ALTER TABLE ${target} DROP CONSTRAINT ${id(name)}`);
  for (const { name, rule } of checks)
    if (!own.some((check) => check.rule === rule))
      await client.query(`ALTER TABLE ${target} ADD CONSTRAINT ${id(name)} ${rule}`);
  const indexes = await indexesOf(client, "public", table.name);
  const ownIndexes = await indexesOf(client, schema, table.name);
  for (const { sql, tail } of indexes)
    if (!ownIndexes.some((index) => index.tail === tail))
      await client.query(sql.replace(/ INDEX .*? ON (?:ONLY )?\S+ /, () => ` INDEX ON ${target} `));
  for (const { name, tail, plain } of ownIndexes)
    if (plain && !indexes.some((index) => index.tail === tail))
      await client.query(`DROP INDEX ${id(schema)}.${id(name)}`);
}

async function rulesOf(client: pg.Client, schema: string, table: string, kind: "c" | "f") {
  const { rows } = await client.query<{ name: string; rule: string }>(
    `SELECT k.conname::text AS name, pg_get_constraintdef(k.oid) AS rule FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE c.relnamespace = $1::regnamespace AND c.relname = $2 AND k.contype = $3 ORDER BY 1`,
    [schema, table, kind],
  );
  return rows;
}

async function indexesOf(client: pg.Client, schema: string, table: string) {
  const { rows } = await client.query<{ name: string; sql: string; plain: boolean }>(
    `SELECT x.relname::text AS name, pg_get_indexdef(i.indexrelid) AS sql,
       NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid) AS plain
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
     WHERE c.relnamespace = $1::regnamespace AND c.relname = $2 ORDER BY 1`,
    [schema, table],
  );
  return rows.map((row) => ({
    ...row,
    tail: `${row.sql.includes(" UNIQUE ") ? "unique " : ""}${row.sql.slice(row.sql.indexOf(" USING "))}`,
  }));
}

/** References, policies and rights, as `public` has them now. */
async function finish(client: pg.Client, schema: string, tables: readonly DataTable[], version: string): Promise<void> {
  await client.query(`GRANT USAGE ON SCHEMA ${id(schema)} TO signalbox_app`);
  for (const { name } of tables) {
    const target = `${id(schema)}.${id(name)}`;
    await client.query("SET LOCAL search_path = public");
    const references = await rulesOf(client, "public", name, "f");
    // Printed unqualified either way, so that the same words mean the tables beside it.
    await client.query(`SET LOCAL search_path = ${id(schema)}, public`);
    const own = await rulesOf(client, schema, name, "f");
    for (const given of own)
      if (!has(references, given)) await client.query(`ALTER TABLE ${target} DROP CONSTRAINT ${id(given.name)}`);
    for (const given of references)
      if (!has(own, given)) await client.query(`ALTER TABLE ${target} ADD CONSTRAINT ${id(given.name)} ${given.rule}`);
    await client.query(`ALTER TABLE ${target} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    for (const statement of await policiesOf(client, schema, name, target)) await client.query(statement);
    await client.query(`REVOKE ALL ON ${target} FROM signalbox_app`);
    for (const right of await rightsOf(client, name))
      await client.query(`GRANT ${right} ON ${target} TO signalbox_app`);
  }
  await client.query("SET LOCAL search_path = public");
  await client.query(`COMMENT ON SCHEMA ${id(schema)} IS ${pg.escapeLiteral(version)}`);
}

const has = (rules: readonly { rule: string }[], { rule }: { rule: string }) =>
  rules.some((known) => known.rule === rule);

async function policiesOf(client: pg.Client, schema: string, table: string, target: string): Promise<string[]> {
  const policies = async (from: string) =>
    (
      await client.query<{
        name: string;
        permissive: boolean;
        command: string;
        using: string | null;
        check: string | null;
      }>(
        `SELECT polname::text AS name, polpermissive AS permissive, pg_get_expr(polqual, polrelid) AS using,
           pg_get_expr(polwithcheck, polrelid) AS check,
           CASE polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END AS command
         FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace = $1::regnamespace AND c.relname = $2`,
        [from, table],
      )
    ).rows;
  const drops = (await policies(schema)).map(({ name }) => `DROP POLICY ${id(name)} ON ${target}`);
  const makes = (await policies("public")).map(
    ({ name, permissive, command, using, check }) =>
      `CREATE POLICY ${id(name)} ON ${target} AS ${permissive ? "PERMISSIVE" : "RESTRICTIVE"} FOR ${command}` +
      `${using === null ? "" : ` USING (${using})`}${check === null ? "" : ` WITH CHECK (${check})`}`,
  );
  return [...drops, ...makes];
}

/** `SELECT`, or `UPDATE (published_at)`. */
async function rightsOf(client: pg.Client, table: string): Promise<string[]> {
  const { rows } = await client.query<{ right: string }>(
    `SELECT r.privilege_type AS right FROM pg_class c, aclexplode(c.relacl) r
     WHERE c.oid = ('public.' || quote_ident($1))::regclass AND r.grantee = 'signalbox_app'::regrole
     UNION ALL
     SELECT r.privilege_type || ' (' || quote_ident(a.attname) || ')' FROM pg_attribute a, aclexplode(a.attacl) r
     WHERE a.attrelid = ('public.' || quote_ident($1))::regclass AND r.grantee = 'signalbox_app'::regrole`,
    [table],
  );
  return rows.map(({ right }) => right);
}

export async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}
