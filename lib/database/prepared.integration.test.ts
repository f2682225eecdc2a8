import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { disconnectDatabase, onPlatform, withTenant } from "./client";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
  // One connection, which therefore keeps what all of them ask.
  process.env.DATABASE_POOL = "1";
  await disconnectDatabase();
});
afterAll(async () => {
  delete process.env.DATABASE_POOL;
  await database.stop();
});

const keptOf = async (part: string) => {
  const rows = await onPlatform(
    (client) => client.$queryRaw<{ statement: string }[]>`SELECT statement FROM pg_prepared_statements`,
  );
  return rows.filter(({ statement }) => statement.includes(part));
};

test("what is kept prepared sees the tenant of its transaction, and no other's", async () => {
  const tenants = [await database.addTenant("admin"), await database.addTenant("admin")];
  for (let round = 0; round < 12; round++) {
    for (const { tenantId } of tenants) {
      const rows = await withTenant(tenantId, (tx) => tx.tenant.findMany());
      expect(rows.map(({ id }) => id)).toEqual([tenantId]);
    }
  }
  expect(await keptOf('FROM "tenants"')).toHaveLength(1);
});

test("what is kept prepared reads the tables of the place where the tenant is now", async () => {
  const { tenantId } = await database.addTenant("admin");
  await database.asOwner(`
    CREATE SCHEMA elsewhere;
    CREATE TABLE public.places_of_a_test AS SELECT 'public' AS name;
    CREATE TABLE elsewhere.places_of_a_test AS SELECT 'elsewhere' AS name;
    GRANT USAGE ON SCHEMA elsewhere TO signalbox_app;
    GRANT SELECT ON public.places_of_a_test, elsewhere.places_of_a_test TO signalbox_app;
    INSERT INTO tenant_places (tenant_id) VALUES ('${tenantId}') ON CONFLICT DO NOTHING`);
  const read = async () => {
    const rows = await withTenant(
      tenantId,
      (tx) => tx.$queryRaw<{ name: string }[]>`SELECT name FROM places_of_a_test WHERE name <> ${""}`,
    );
    return rows.map(({ name }) => name);
  };
  const move = (level: string, schema: string | null) =>
    database.asOwner("UPDATE tenant_places SET level = $2, schema_name = $3 WHERE tenant_id = $1", [
      tenantId,
      level,
      schema,
    ]);
  for (let round = 0; round < 3; round++) {
    for (let again = 0; again < 8; again++) expect(await read()).toEqual(["public"]);
    await move("schema", "elsewhere");
    for (let again = 0; again < 8; again++) expect(await read()).toEqual(["elsewhere"]);
    await move("shared", null);
  }
  expect(await keptOf("places_of_a_test")).toHaveLength(1);
});

test("when a migration changes what a kept statement answers, the next request is served", async () => {
  await database.asOwner("CREATE TABLE wide AS SELECT 1 AS a; GRANT SELECT ON wide TO signalbox_app");
  const read = () => onPlatform((client) => client.$queryRaw<object[]>`SELECT * FROM wide`);
  for (let round = 0; round < 8; round++) expect(await read()).toEqual([{ a: 1 }]);
  await database.asOwner("ALTER TABLE wide ADD COLUMN b int DEFAULT 2");
  await read().catch(() => undefined);
  expect(await read()).toEqual([{ a: 1, b: 2 }]);
});
