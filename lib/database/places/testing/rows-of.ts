import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { type DataTable, readDataTables } from "../catalogue";
import { countOf, digestsOf, fingerprintOf, PLAIN_TEXT } from "../copy-rows";
import { onDatabase } from "../tenant-clients";

/** Of a database of tests. */
interface TestDatabase {
  ownerUrl: string;
  asOwner<Row extends pg.QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(PLAIN_TEXT);
  return client;
}

export interface Whereabouts {
  level: string;
  schema_name: string | null;
  database_name: string | null;
  generation: number;
}

export async function placeOf(database: TestDatabase, tenantId: string): Promise<Whereabouts> {
  const [place] = await database.asOwner<Whereabouts>(
    "SELECT level, schema_name, database_name, generation FROM tenant_places WHERE tenant_id = $1",
    [tenantId],
  );
  return place ?? { level: "shared", schema_name: null, database_name: null, generation: 1 };
}

/** What the tenant has in each table, where it is. */
export async function rowsOf(database: TestDatabase, tenantId: string): Promise<Record<string, string>> {
  const { schema_name, database_name } = await placeOf(database, tenantId);
  const client = await connect(database_name ? onDatabase(database.ownerUrl, database_name) : database.ownerUrl);
  try {
    const schema = schema_name ?? "public";
    const said: [DataTable, string][] = [];
    for (const table of await readDataTables(client, schema)) {
      const digests = await digestsOf({ client, schema }, table, tenantId);
      said.push([table, `${countOf(digests)} ${fingerprintOf(digests)}`]);
    }
    return Object.fromEntries(said.map(([{ name }, line]) => [name, line]));
  } finally {
    await client.end();
  }
}

/** How many rows of tables that move the tenant has in the shared ones. */
export async function sharedRows(database: TestDatabase, tenantId: string): Promise<number> {
  const client = await connect(database.ownerUrl);
  try {
    let rows = 0;
    for (const table of await readDataTables(client))
      rows += countOf(await digestsOf({ client, schema: "public" }, table, tenantId));
    return rows;
  } finally {
    await client.end();
  }
}

let serial = 0;

export async function askMove(database: TestDatabase, tenantId: string, wanted: string): Promise<string> {
  const id = `00000000-0000-4000-8000-${String(++serial).padStart(12, "0")}`;
  await database.asOwner("INSERT INTO tenant_places (tenant_id) VALUES ($1) ON CONFLICT DO NOTHING", [tenantId]);
  await database.asOwner("INSERT INTO tenant_moves (id, tenant_id, wanted, requested_by) VALUES ($1, $2, $3, 'test')", [
    id,
    tenantId,
    wanted,
  ]);
  return id;
}

export interface Ended {
  state: string;
  error: string | null;
  attempts: number;
  progress: { rows?: number; pauseMs?: number; digest?: string };
}

export async function untilMoved(
  database: TestDatabase,
  id: string,
  states = ["switched", "done", "failed"],
): Promise<Ended> {
  for (const deadline = Date.now() + 60_000; ; await delay(50)) {
    const [row] = await database.asOwner<Ended>(
      "SELECT state, error, attempts, progress FROM tenant_moves WHERE id = $1",
      [id],
    );
    if (row && states.includes(row.state)) return row;
    if (Date.now() > deadline) throw new Error(`The move did not end: ${JSON.stringify(row)}`);
  }
}

/** Label sets and firings, `count` of each, on three days. */
export async function seedFirings(database: TestDatabase, tenantId: string, count: number): Promise<void> {
  await database.asOwner("SELECT maintain_alert_firings(30)");
  await database.asOwner(
    `INSERT INTO alert_label_sets (tenant_id, hash, labels, annotations, generator_url, first_seen, last_seen, starts_at, ends_at)
     SELECT $1::uuid, md5($1::uuid::text || n)::uuid, jsonb_build_object('alertname', 'A' || n, 'odd', E'"quoted", \\\\ and ü'), '{}', '', now(), now(), now(), now()
     FROM generate_series(1, $2::int) n`,
    [tenantId, count],
  );
  await database.asOwner(
    `INSERT INTO alert_firings SELECT tenant_id, current_date - (id % 3)::int, id, now(), now() FROM alert_label_sets WHERE tenant_id = $1`,
    [tenantId],
  );
}
