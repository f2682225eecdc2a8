import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { migrate } from ".";

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await startTestDatabase();
  await database.asOwner("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  folder = mkdtempSync(path.join(tmpdir(), "signalbox-migrate-"));
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, sql: string): void {
  mkdirSync(path.join(folder, name), { recursive: true });
  writeFileSync(path.join(folder, name, "migration.sql"), sql);
}

const run = () => migrate(database.ownerUrl, folder);
const tables = async () =>
  (
    await database.asOwner<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1",
    )
  ).map(({ name }) => name);

test("refuses a role whose functions could not look across tenants, before it changes anything", async () => {
  write("1_first", "CREATE TABLE first (n int)");
  await expect(migrate(database.appUrl, folder)).rejects.toMatchObject({
    code: "not_ready",
    message: "The role signalbox_app of MIGRATE_DATABASE_URL needs the right BYPASSRLS.",
  });
  expect(await tables()).toEqual([]);
});

test("a migration that fails leaves nothing of itself, what came before stays, and it may be mended and tried again", async () => {
  write("2_second", "CREATE TABLE second (n int); SELECT nonsense");
  write("3_third", "CREATE TABLE third (n int)");
  await expect(run()).rejects.toThrow(/^Migration 2_second failed: .*nonsense/);
  expect(await tables()).toEqual(["first"]);
  write("2_second", "CREATE TABLE second (n int)");
  expect(await run()).toEqual(["2_second", "3_third"]);
  expect(await tables()).toEqual(["first", "second", "third"]);
  expect(await run()).toEqual([]);
});

test("one that is killed in the midst leaves nothing, and the next start does it again", async () => {
  write("4_fourth", "CREATE TABLE fourth (n int); SELECT pg_sleep(60)");
  const killed = expect(run()).rejects.toThrow(/^Migration 4_fourth failed/);
  const kill = () =>
    database.asOwner("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'CREATE TABLE fourth%'");
  await expect.poll(async () => (await kill()).length).toBe(1);
  await killed;
  write("4_fourth", "CREATE TABLE fourth (n int)");
  expect(await run()).toEqual(["4_fourth"]);
  expect(await tables()).toContain("fourth");
});

test("what was applied may neither change nor be missing", async () => {
  write("3_third", "CREATE TABLE third (n bigint)");
  await expect(run()).rejects.toThrow("Migration 3_third was modified after it was applied.");
  rmSync(path.join(folder, "3_third"), { recursive: true });
  await expect(run()).rejects.toThrow("The database is newer than this program: it has 3_third.");
});
