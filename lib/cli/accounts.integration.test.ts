import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import * as auditVerify from "./audit";
import * as bootstrap from "./bootstrap";
import * as resetFactors from "./reset-factors";
import * as resetPassword from "./reset-password";

let database: TestDatabase;
let said = "";
beforeAll(async () => {
  process.env.DATA_DIR = mkdtempSync(path.join(tmpdir(), "signalbox-cli-"));
  process.env.PUBLIC_URL = "https://signalbox.example";
  database = await startTestDatabase();
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, "write").mockImplementation((text) => {
      said += String(text);
      return true;
    });
  }
});
afterEach(() => {
  said = "";
});
afterAll(async () => {
  vi.restoreAllMocks();
  await database.stop();
});

const LINK = /^https:\/\/signalbox\.example\/sign-in\/link#token=[\w-]{43}$/m;

test("bootstrap prints a link; reset-password another, and says when nobody has the address", async () => {
  expect(await bootstrap.run([])).toBe(0);
  expect(said).toMatch(LINK);
  expect(await resetPassword.run(["Admin@signalbox.example"])).toBe(0);
  await expect(resetPassword.run(["nobody@signalbox.example"])).rejects.toMatchObject({ code: "not_found" });
  expect(await resetPassword.run([])).toBe(2);
});

test("reset-factors takes them away, and says when nobody has the address", async () => {
  await database.asOwner("UPDATE people SET has_second_factor = true");
  expect(await resetFactors.run(["Admin@signalbox.example"])).toBe(0);
  expect(await database.asOwner("SELECT has_second_factor AS has FROM people")).toEqual([{ has: false }]);
  await expect(resetFactors.run(["nobody@signalbox.example"])).rejects.toMatchObject({ code: "not_found" });
  expect(await resetFactors.run([])).toBe(2);
});

test("audit verify: intact, held against an earlier end, and found out", async () => {
  expect(await auditVerify.run(["verify"])).toBe(0);
  expect(said).toMatch(/^platform {2}intact {2}\d+:[0-9a-f]{64}$/m);
  const end = /^demo {2}intact {2}(\d+:[0-9a-f]{64})$/m.exec(said)?.[1] ?? "";
  expect(await auditVerify.run(["verify", "--tenant", "demo", "--expect", end])).toBe(0);
  await database.asOwner("UPDATE events SET actor = 'nobody' WHERE type = 'MemberAdded'");
  said = "";
  expect(await auditVerify.run(["verify"])).toBe(1);
  expect(said).toMatch(/^demo {2}1 problems .*\n {2}1 {2}columns changed$/m);
  await expect(auditVerify.run(["verify", "--expect", end])).rejects.toThrow(/needs --tenant/);
  await expect(auditVerify.run(["verify", "--tenant", "none"])).rejects.toThrow(/no tenant/);
});

test("says what to do when no database runs", async () => {
  const { DATABASE_URL } = process.env;
  delete process.env.DATABASE_URL;
  await expect(bootstrap.run([])).rejects.toThrow(/signalbox start/);
  process.env.DATABASE_URL = DATABASE_URL;
});
