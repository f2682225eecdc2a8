import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { countAttempt, forgetAttempts } from "./throttle";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());

test("the table does not grow with those who try: what counts no more goes with the next attempt", async () => {
  const row =
    "INSERT INTO sign_in_throttle (key, failures, blocked_until, last_at) VALUES ($1, 9, 'epoch', now() - $2::interval)";
  await database.asOwner(row, ["old", "25 hours"]);
  await database.asOwner(row, ["recent", "23 hours"]);
  const ana = { account: "ana@example.org", address: "203.0.113.9" };
  await countAttempt(ana);
  const keys = async () =>
    (await database.asOwner<{ key: string }>("SELECT key FROM sign_in_throttle")).map(({ key }) => key);
  expect((await keys()).sort()).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), "recent"]);
  await forgetAttempts(ana);
  expect(await keys()).toEqual(["recent"]);
});

test("one IPv6 network is one place, another address is another", async () => {
  const from = (address: string) => countAttempt({ account: "bo@example.org", address });
  for (let n = 1; n <= 5; n++) await from(`2001:db8::${n}`);
  await expect(from("2001:db8::6")).rejects.toMatchObject({ code: "rate_limited", details: { retryAfter: 2 } });
  await from("2001:db8:0:1::1");
});
