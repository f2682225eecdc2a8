import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startMoveWorker, withTenant } from "@/lib/database";
import { seal } from "@/lib/secrets";
import type { TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import * as audit from "./audit";
import * as keys from "./keys";
import * as tenant from "./tenant";
import { captured } from "./testing/captured";

const folder = mkdtempSync(path.join(tmpdir(), "signalbox-operator-"));
let database: TestDatabase;
let admin: TenantContext;
beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: folder, LOG_LEVEL: "silent" });
  database = await startTestDatabase();
  admin = await database.addTenant("admin");
  await withTenant(admin.tenantId, (tx) => seal(tx, admin, { value: "swordfish", kind: "secret" }));
});
afterAll(async () => {
  await database.stop();
  rmSync(folder, { recursive: true, force: true });
});

const onKeys = (...argv: string[]) => captured(() => keys.run(argv));
const onTenant = (...argv: string[]) => captured(() => tenant.run(argv));

test("keys are listed, replaced, rewrapped, refused when they are old, and verified", async () => {
  expect(await onKeys("list")).toMatchObject({ code: 0, out: expect.stringMatching(/VERSION[\s\S]*\n1 {2,}primary/) });
  expect(await onKeys("rotate")).toMatchObject({ code: 0, out: expect.stringMatching(/^Key 2 \(file\)/) });
  expect(JSON.parse((await onKeys("status", "--json")).out)).toMatchObject({ primary: 2, total: 1, rewrapped: 0 });
  await expect(onKeys("minimum", "2")).rejects.toThrow();
  expect(await onKeys("rewrap")).toMatchObject({ code: 0, out: "1 data keys were wrapped anew, 0 are left.\n" });
  expect(await onKeys("minimum", "2")).toMatchObject({ code: 0, out: "Keys older than 2 are refused.\n" });
  expect((await onKeys("status")).out).toMatch(/newest key +2\nminimum version +2/);
  expect(JSON.parse((await onKeys("list", "--json")).out).keys).toHaveLength(2);
  expect(await onKeys("verify")).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^\d+ tried, 0 do not open\.\n$/),
  });
});

test("a tenant's data key is replaced, and what it sealed is sealed again", async () => {
  expect(await onKeys("rotate", "--tenant", admin.tenantSlug)).toMatchObject({
    ...{ code: 0, out: `${admin.tenantSlug} has a new data key.\n` },
  });
  expect(JSON.parse((await onKeys("status", "--json")).out).replaced).toMatchObject({ sealing: 1 });
  expect(await onKeys("reseal")).toMatchObject({ code: 0, out: expect.stringMatching(/^1 values were sealed again/) });
  expect(JSON.parse((await onKeys("status", "--json")).out).replaced).toMatchObject({ sealing: 0 });
  await expect(onKeys("rotate", "--tenant", "none")).rejects.toThrow(/no tenant/);
});

test("a tenant is moved, and told when it is there", async () => {
  const worker = startMoveWorker({
    ...{ ownerUrl: database.ownerUrl, migrations: path.resolve("prisma/migrations"), graceMs: 0, pollMs: 20 },
  });
  try {
    expect(await onTenant("move", admin.tenantSlug, "schema")).toMatchObject({
      ...{ code: 0, out: expect.stringMatching(/ is at schema: [1-9]\d* rows verified, writers waited \d+ ms\n$/) },
    });
    await expect(onTenant("move", admin.tenantSlug, "schema")).rejects.toThrow();
    await expect(onTenant("move", "none", "schema")).rejects.toThrow(/no tenant/);
  } finally {
    await worker.stop();
  }
  expect(await onTenant("move", admin.tenantSlug, "shared", "--no-wait")).toMatchObject({ code: 0, out: "" });
});

test("signing keys are renewed, once an hour", async () => {
  const renew = () => captured(() => audit.run(["renew-keys"]));
  expect(await renew()).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^New keys [\s\S]* logs are signed by them/),
  });
  expect(await renew()).toMatchObject({ code: 0, out: expect.stringMatching(/^No new keys/) });
  await expect(captured(() => audit.run(["renew-keys", "more"]))).rejects.toThrow();
});

test("say how they are called", async () => {
  for (const call of [
    onKeys(),
    onKeys("minimum"),
    onKeys("list", "7"),
    onTenant("move", "a"),
    onTenant("go", "a", "b"),
  ])
    expect((await call).code).toBe(2);
  expect((await onKeys("--help")).out).toContain("signalbox keys rewrap");
  expect((await onTenant("--help")).out).toContain("signalbox tenant move");
  await expect(onKeys("minimum", "two")).rejects.toThrow(/whole number/);
});
