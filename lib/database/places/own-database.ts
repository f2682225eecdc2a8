import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { connectionTo } from "../connection";
import { migrate } from "../migrate";
import { readDataTables } from "./catalogue";
import { inTransaction } from "./provision";
import { onDatabase } from "./tenant-clients";

const id = pg.escapeIdentifier;

/** Makes the database of a tenant, or brings it up to date. Called again after a crash, it goes on. */
export async function createDatabase(
  ownerUrl: string,
  database: string,
  migrations: string,
  last?: string,
): Promise<void> {
  await connected(ownerUrl, async (client) => {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
    if (!rowCount) await client.query(`CREATE DATABASE ${id(database)}`);
    await client.query(`REVOKE ALL ON DATABASE ${id(database)} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${id(database)} TO signalbox_app`);
  });
  const url = onDatabase(ownerUrl, database);
  await migrate(url, migrations, last);
  await connected(url, (client) => inTransaction(client, () => alone(client)));
}

/** FORCE may not end a worker of autovacuum, which belongs to a superuser and is gone in a moment. */
export async function dropDatabase(ownerUrl: string, database: string): Promise<void> {
  await connected(ownerUrl, async (client) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await client.query(`DROP DATABASE IF EXISTS ${id(database)} WITH (FORCE)`);
      } catch (error) {
        if (attempt === 50 || !(error instanceof pg.DatabaseError && error.code === "42501")) throw error;
        await sleep(200);
      }
    }
  });
}

/** The directory is not here, so nothing refers to it; and a day needs no partition made for it. */
async function alone(client: pg.Client): Promise<void> {
  const tables = await readDataTables(client);
  const names = tables.map(({ name }) => name);
  const { rows } = await client.query<{ own: string; name: string }>(
    `SELECT c.relname::text AS own, k.conname::text AS name FROM pg_constraint k
     JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
     WHERE k.contype = 'f' AND k.conparentid = 0 AND c.relnamespace = 'public'::regnamespace
       AND c.relname::text = ANY ($1) AND NOT p.relname::text = ANY ($1)`,
    [names],
  );
  for (const { own, name } of rows) await client.query(`ALTER TABLE public.${id(own)} DROP CONSTRAINT ${id(name)}`);
  for (const { name, partitioned } of tables) {
    if (!partitioned) continue;
    const { rowCount } = await client.query(
      "SELECT FROM pg_partitioned_table WHERE partrelid = ('public.' || quote_ident($1))::regclass AND partdefid <> 0",
      [name],
    );
    if (rowCount) continue;
    const rest = `${id(`${name}_days`)}.rest`;
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${id(`${name}_days`)}`);
    await client.query(`CREATE TABLE ${rest} PARTITION OF public.${id(name)} DEFAULT`);
    await client.query(`ALTER TABLE ${rest} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`);
    await client.query(
      `CREATE POLICY tenant ON ${rest} USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant())`,
    );
  }
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(connectionTo(url));
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

export async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
