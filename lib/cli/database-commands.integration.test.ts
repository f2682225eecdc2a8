import { readdirSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import * as auditVerify from "./audit";
import * as bootstrap from "./bootstrap";
import * as migrate from "./migrate";
import { programRoot } from "./program-root";
import * as resetPassword from "./reset-password";
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
