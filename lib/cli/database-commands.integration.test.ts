import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { requestMove } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import * as auditVerify from "./audit";
import * as bootstrap from "./bootstrap";
import * as migrate from "./migrate";
import { moveTenants } from "./move-tenants";
import { programRoot } from "./program-root";
import * as resetPassword from "./reset-password";
import { sessionSecret } from "./session-secret";
import { captured } from "./testing/captured";

let database: TestDatabase;
beforeAll(async () => {
  database = await startTestDatabase();
  process.env.PUBLIC_URL = "https://signalbox.example";
});
afterAll(() => database.stop());

it("migrate applies what is missing, names it, and then finds nothing to do", async () => {
  expect(programRoot()).toBe(process.cwd());
  const names = readdirSync("prisma/migrations").filter((name) => /^\d/.test(name));
  await database.asOwner("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  const run = () => captured(() => migrate.run([]));
  expect(await run()).toEqual({ code: 0, out: `applied ${names.sort().join(", ")}\n`, err: "" });
  expect(await run()).toEqual({ code: 0, out: "nothing to apply\n", err: "" });
});

it("bootstrap gives no link once somebody has signed in", async () => {
  const first = await captured(() => bootstrap.run([]));
  expect(first.out).toMatch(/^https:\/\/signalbox\.example\/sign-in\/link#token=/);
  expect(first.err).toMatch(/^Works once, until \d{4}-/);
  await database.asOwner("UPDATE people SET first_signed_in_at = now()");
  expect(await captured(() => bootstrap.run([]))).toEqual({
    code: 0,
    out: "",
    err: expect.stringContaining("Somebody has signed in already"),
  });
});

it("the key of session cookies is made once, for its owner alone", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "signalbox-secret-"));
  const secret = sessionSecret(path.join(folder, "new"));
  expect(Buffer.from(secret, "base64url")).toHaveLength(32);
  expect(sessionSecret(path.join(folder, "new"))).toBe(secret);
  expect(sessionSecret(path.join(folder, "other"))).not.toBe(secret);
  expect(statSync(path.join(folder, "new/session-secret")).mode & 0o777).toBe(0o600);
  rmSync(folder, { recursive: true });
});

it("a move that ended is on record, as it ended", async () => {
  const { tenantId } = await database.addTenant("admin");
  const moves = moveTenants(database.ownerUrl, path.join(process.cwd(), "prisma/migrations"));
  await requestMove({ personId: "system", isOperator: true, requestId: "test" }, { tenantId, level: "schema" });
  const ended = () =>
    database.asOwner("SELECT data FROM events WHERE type = 'TenantMoved' AND data ->> 'tenant' = $1", [tenantId]);
  await expect.poll(ended, { timeout: 60_000 }).toEqual([{ data: { tenant: tenantId, level: "schema" } }]);
  await moves.stop();
});

it("refuses a call that it does not understand with 2 and the help", async () => {
  for (const [command, argv] of [
    [bootstrap, ["now"]],
    [migrate, ["now"]],
    [resetPassword, ["a@example.com", "b@example.com"]],
    [resetPassword, ["--force"]],
    [auditVerify, ["repair"]],
  ] as const)
    expect(await captured(() => command.run([...argv]))).toMatchObject({
      code: 2,
      out: expect.stringMatching(/^usage: /),
    });
  const wrong = () => auditVerify.run(["verify", "--tenant", "demo", "--expect", "12"]);
  await expect(wrong()).rejects.toThrow(/POSITION:HASH/);
});
