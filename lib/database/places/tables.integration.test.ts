import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { withTenant } from "../client";
import { DATA_TABLES, DIRECTORY_TABLES } from "./tables";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

test("each table with a tenant stands in one list: it stays, or it moves", async () => {
  const tables = await database.asOwner<{ name: string }>(`
    SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attname = 'tenant_id' AND NOT a.attisdropped`);
  const places = tables.map(({ name }) => [
    name,
    Number(DIRECTORY_TABLES.includes(name)) + Number(DATA_TABLES.includes(name)),
  ]);
  expect(places.filter(([, lists]) => lists !== 1)).toEqual([]);
  expect([...DIRECTORY_TABLES, ...DATA_TABLES].filter((name) => !tables.some((table) => table.name === name))).toEqual(
    [],
  );
});

test("no table that moves refers to one that stays, but for its tenant", async () => {
  const references = await database.asOwner<{ own: string; other: string }>(
    "SELECT conrelid::regclass::text AS own, confrelid::regclass::text AS other FROM pg_constraint WHERE contype = 'f'",
  );
  expect(
    references.filter(
      ({ own, other }) => DATA_TABLES.includes(own) && !DATA_TABLES.includes(other) && other !== "tenants",
    ),
  ).toEqual([]);
});

test("a transaction of a tenant finds its schema, and the next of that connection does not", async () => {
  const [own, other] = [randomUUID(), randomUUID()];
  await database.asOwner(`CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.event_heads (LIKE event_heads INCLUDING ALL);
    GRANT USAGE ON SCHEMA elsewhere TO signalbox_app; GRANT ALL ON elsewhere.event_heads TO signalbox_app;
    INSERT INTO elsewhere.event_heads VALUES ('${own}', 7, ''); INSERT INTO event_heads VALUES ('${other}', 8, '');
    INSERT INTO tenant_places VALUES ('${own}', 'schema', 'elsewhere')`);
  const heads = (tenant: string) => withTenant(tenant, (tx) => tx.eventHead.findMany());
  for (let times = 0; times < 20; times++) {
    expect((await heads(own)).map(({ position }) => position)).toEqual([7n]);
    expect((await heads(other)).map(({ position }) => position)).toEqual([8n]);
  }
});
