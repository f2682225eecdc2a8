import { spawnSync } from "node:child_process";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

// Indexes, checks, defaults and policies are the migrations' alone: the client does not need to know them.
const SEEN_BY_THE_CLIENT =
  /CREATE TABLE|DROP TABLE|ADD COLUMN|DROP COLUMN|SET DATA TYPE|(?:SET|DROP) NOT NULL|CREATE TYPE/;

function differences(): string[] {
  const args = ["migrate", "diff", "--from-config-datasource", "--to-schema", "prisma/schema", "--script"];
  const { status, stdout, stderr } = spawnSync(path.join("node_modules/.bin/prisma"), args, {
    encoding: "utf8",
    env: { ...process.env, MIGRATE_DATABASE_URL: database.ownerUrl },
  });
  expect(status, stderr).toBe(0);
  return stdout
    .split(";")
    .filter((statement) => SEEN_BY_THE_CLIENT.test(statement) && !statement.includes("_prisma_migrations"));
}

test("what Prisma's schema says of tables and columns is what the migrations made", async () => {
  expect(differences()).toEqual([]);
  await database.asOwner("ALTER TABLE tenants ADD COLUMN forgotten text");
  expect(differences()).toEqual([expect.stringContaining('DROP COLUMN "forgotten"')]);
});
