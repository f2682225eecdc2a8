import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { checkDatabase, disconnectDatabase, withPlatform, withTenant } from "./client";
import { migrate } from "./migrate";
import { PooledClient } from "./pooled-client";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

const migrations = path.join(process.cwd(), "prisma/migrations");

test("every table with a tenant forces row-level security with a policy", async () => {
  const tables = await database.asOwner<{ name: string; forced: boolean; policies: number }>(`
    SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
           (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname = 'public'
      AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)`);
  expect(tables.length).toBeGreaterThan(0);
  expect(tables.filter(({ forced, policies }) => !forced || policies === 0)).toEqual([]);
});

test("the app's role bypasses nothing, owns nothing and changes no schema", async () => {
  const [role] = await database.asApp(
    "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user",
  );
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false });
  const owned = await database.asApp("SELECT tablename FROM pg_tables WHERE tableowner = current_user");
  expect(owned).toEqual([]);
  await expect(database.asApp("CREATE TABLE mine (n int)")).rejects.toThrow(/permission denied/);
  await expect(checkDatabase()).resolves.toBeUndefined();
});

test("refuses to serve as a role that row-level security does not bind", async () => {
  process.env.DATABASE_URL = database.ownerUrl;
  await expect(checkDatabase()).rejects.toThrow(/bypasses row-level security/);
  await disconnectDatabase();
  process.env.DATABASE_URL = database.appUrl;
});

test("the tenant is set for one transaction and gone after it", async () => {
  const tenant = randomUUID();
  const current = () =>
    withPlatform((tx) => tx.$queryRaw<{ tenant: string | null }[]>`SELECT current_tenant() AS tenant`);
  expect(await withTenant(tenant, (tx) => tx.$queryRaw`SELECT current_tenant() AS tenant`)).toEqual([{ tenant }]);
  for (const [row] of await Promise.all(Array.from({ length: 20 }, current))) expect(row?.tenant).toBeNull();
  await expect(withTenant("' OR true", async () => 1)).rejects.toMatchObject({ code: "not_found" });
});

test("a transaction that throws leaves nothing", async () => {
  await database.asOwner("CREATE TABLE notes (n int); GRANT ALL ON notes TO signalbox_app");
  const failing = withPlatform(async (tx) => {
    await tx.$executeRaw`INSERT INTO notes VALUES (1)`;
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  expect(await database.asApp("SELECT * FROM notes")).toEqual([]);
});

test("migrating again, also many at once, finds nothing to do", async () => {
  const runs = await Promise.all([1, 2, 3].map(() => migrate(database.ownerUrl, migrations)));
  expect(runs).toEqual([[], [], []]);
});

test("a connection belongs to no request, so it keeps nothing of the one that opened it", async () => {
  const request = new AsyncLocalStorage<string>();
  const holders: unknown[] = [];
  const listening = async (client: pg.Client) => {
    await request.run("who asked", () => client.connect());
    const stream: NodeJS.EventEmitter = Reflect.get(Reflect.get(client, "connection"), "stream");
    stream.once("data", () => holders.push(request.getStore()));
    await client.query("SELECT 1");
    await client.end();
  };
  await listening(new pg.Client({ connectionString: database.ownerUrl }));
  await listening(new PooledClient({ connectionString: database.ownerUrl }));
  expect(holders).toEqual(["who asked", undefined]);
});
