import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { type MoveWorker, migrateEverywhere, startMoveWorker } from "./move-worker";
import { onDatabase } from "./tenant-clients";
import { askMove, placeOf, seedFirings, untilMoved } from "./testing/rows-of";

const own = path.join(process.cwd(), "prisma/migrations");
const folder = mkdtempSync(path.join(tmpdir(), "migrations-"));
let database: TestDatabase;
let worker: MoveWorker;
beforeAll(async () => {
  cpSync(own, folder, { recursive: true });
  database = await startTestDatabase();
  worker = startMoveWorker({ ownerUrl: database.ownerUrl, migrations: own, graceMs: 0, pollMs: 20 });
});
afterAll(async () => {
  await worker.stop();
  await database.stop();
  rmSync(folder, { recursive: true });
});

const LATER = `
  ALTER TABLE alert_label_sets ADD COLUMN seen_by text NOT NULL DEFAULT 'nobody' CHECK (seen_by <> '');
  ALTER TABLE alert_label_sets ADD COLUMN shouted text;
  UPDATE alert_label_sets SET shouted = upper(labels ->> 'alertname');
  ALTER TABLE alert_label_sets ALTER COLUMN shouted SET NOT NULL;
  CREATE INDEX alert_label_sets_shouted ON alert_label_sets (tenant_id, shouted) WHERE shouted <> 'X';
  ALTER TABLE expectations DROP COLUMN saved_by;
  ALTER TABLE changes ALTER COLUMN number TYPE bigint;
  CREATE TABLE remarks (id uuid PRIMARY KEY, tenant_id uuid NOT NULL, revision integer NOT NULL,
    FOREIGN KEY (tenant_id, revision) REFERENCES revisions (tenant_id, number) ON DELETE CASCADE);
  ALTER TABLE remarks ENABLE ROW LEVEL SECURITY; ALTER TABLE remarks FORCE ROW LEVEL SECURITY;
  CREATE POLICY tenant ON remarks USING (tenant_id = current_tenant());
  GRANT SELECT, INSERT, UPDATE (revision) ON remarks TO signalbox_app;`;

/** Tables, columns, rules, indexes, policies and rights, without what differs by nature: the schema and made-up names. */
async function shapeOf(url: string, schema: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SET search_path = ${schema}, public`);
    const { rows } = await client.query<{ line: string }>(
      `WITH t AS (SELECT c.oid, c.relname FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p')
         AND c.relname IN ('alert_label_sets', 'expectations', 'changes', 'remarks', 'revisions', 'target_replicas'))
       SELECT relname || ' ' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull || ' ' || attidentity::text AS line
         FROM t JOIN pg_attribute a ON a.attrelid = t.oid WHERE attnum > 0 AND NOT attisdropped
       UNION ALL SELECT relname || ' ' || pg_get_constraintdef(k.oid) FROM t JOIN pg_constraint k ON k.conrelid = t.oid
         WHERE contype IN ('c', 'p', 'u') OR confrelid IN (SELECT oid FROM t)
       UNION ALL SELECT relname || ' ' || indisunique || regexp_replace(pg_get_indexdef(indexrelid), '^.* USING ', ' ')
         FROM t JOIN pg_index i ON i.indrelid = t.oid
       UNION ALL SELECT relname || ' ' || polname || ' ' || pg_get_expr(polqual, polrelid) FROM t JOIN pg_policy ON polrelid = t.oid
       UNION ALL SELECT relname || ' ' || relrowsecurity || relforcerowsecurity FROM t JOIN pg_class USING (oid, relname)
       UNION ALL SELECT relname || ' ' || privilege_type FROM t JOIN pg_class USING (oid, relname), aclexplode(relacl)
         WHERE grantee = 'signalbox_app'::regrole
       UNION ALL SELECT relname || ' ' || attname || ' ' || privilege_type FROM t JOIN pg_attribute a ON a.attrelid = t.oid, aclexplode(attacl)
         WHERE grantee = 'signalbox_app'::regrole
       ORDER BY 1`,
      [schema],
    );
    return rows.map(({ line }) => line);
  } finally {
    await client.end();
  }
}

test("a later migration reaches the schema and the database that tenants have", async () => {
  const tenants = [await database.addTenant("admin"), await database.addTenant("admin")];
  for (const [index, { tenantId }] of tenants.entries()) {
    await seedFirings(database, tenantId, 3);
    const ended = await untilMoved(database, await askMove(database, tenantId, index === 0 ? "schema" : "database"));
    expect(ended).toMatchObject({ error: null });
  }
  await worker.stop();
  const name = "20991231000000_later";
  mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, name, "migration.sql"), LATER);
  writeFileSync(
    path.join(folder, name, "tenant.sql"),
    "UPDATE alert_label_sets SET shouted = upper(labels ->> 'alertname')",
  );
  expect(await migrateEverywhere(database.ownerUrl, folder)).toEqual([name]);
  const [first, second] = await Promise.all(tenants.map(({ tenantId }) => placeOf(database, tenantId)));
  const ownUrl = onDatabase(database.ownerUrl, second?.database_name ?? "");
  const shape = await shapeOf(database.ownerUrl, "public");
  expect(shape.filter((line) => line.includes("shouted"))).toHaveLength(2);
  expect(await shapeOf(database.ownerUrl, first?.schema_name ?? "")).toEqual(shape);
  expect(await shapeOf(ownUrl, "public")).toEqual(shape);
  const shouted = await database.asOwner(
    `SELECT shouted, seen_by FROM "${first?.schema_name}".alert_label_sets ORDER BY 1`,
  );
  expect(shouted).toEqual(["A1", "A2", "A3"].map((word) => ({ shouted: word, seen_by: "nobody" })));
  // Once more, and nothing is done twice.
  await database.asOwner(`UPDATE "${first?.schema_name}".alert_label_sets SET shouted = 'later'`);
  expect(await migrateEverywhere(database.ownerUrl, folder)).toEqual([]);
  expect(await database.asOwner(`SELECT DISTINCT shouted FROM "${first?.schema_name}".alert_label_sets`)).toEqual([
    { shouted: "later" },
  ]);
});
