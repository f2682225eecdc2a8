import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { disconnectDatabase, withTenant } from "./client";

let database: TestDatabase;
const before = process.env.DATABASE_POOL;
beforeAll(async () => {
  process.env.DATABASE_POOL = "5";
  database = await startTestDatabase();
  await disconnectDatabase();
});
afterAll(async () => {
  await database.stop();
  if (before === undefined) delete process.env.DATABASE_POOL;
  else process.env.DATABASE_POOL = before;
});

test("a tenant that holds all that it may leaves connections for another", async () => {
  const [busy, quiet] = [randomUUID(), randomUUID()];
  let started = 0;
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const all = Promise.all(
    Array.from({ length: 6 }, () =>
      withTenant(busy, () => {
        started++;
        return held;
      }),
    ),
  );
  await expect.poll(() => started, { timeout: 10_000 }).toBe(3);
  for (let n = 0; n < 5; n++) await withTenant(quiet, (tx) => tx.$queryRaw`SELECT 1 AS one`);
  expect(started).toBe(3);
  release();
  await all;
  expect(started).toBe(6);
});
