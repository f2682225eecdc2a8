import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { verifyLog } from "@/lib/audit";
import { DEMO_TEMPLATES, DEMO_YAML, getChange, importConfiguration, saveReceiver } from "@/lib/configuration";
import { createTap, findAlerts, receiveAlerts, tapOf } from "@/lib/history";
import { getPublication, requestPublication, startPublishingWorker } from "@/lib/publishing";
import { createTarget } from "@/lib/targets";
import { listMembers, type TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { withTenant } from "../client";
import { type MoveWorker, startMoveWorker } from "./move-worker";
import { askMove, placeOf, rowsOf, seedFirings, sharedRows, untilMoved } from "./testing/rows-of";

const WAY = ["schema", "database", "schema", "shared", "dedicated-cluster", "shared"];

let database: TestDatabase;
let worker: MoveWorker;
const errors: unknown[] = [];
const folder = mkdtempSync(path.join(tmpdir(), "isolation-"));
const before = { DATA_DIR: process.env.DATA_DIR, TARGET_ROOTS: process.env.TARGET_ROOTS };

beforeAll(async () => {
  Object.assign(process.env, { DATA_DIR: folder, TARGET_ROOTS: folder });
  database = await startTestDatabase();
  worker = startMoveWorker({
    ownerUrl: database.ownerUrl,
    migrations: path.join(process.cwd(), "prisma/migrations"),
    graceMs: 0,
    pollMs: 20,
    onError: (error) => errors.push(error),
  });
});
afterAll(async () => {
  await worker.stop();
  await database.stop();
  for (const [name, value] of Object.entries(before))
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  rmSync(folder, { recursive: true, force: true });
});

const operator = { id: "operator", requestId: "test" };

async function moveTo(tenantId: string, level: string) {
  const ended = await untilMoved(database, await askMove(database, tenantId, level));
  expect(ended, JSON.stringify(errors.map(String))).toMatchObject({
    state: expect.stringMatching(/switched|done/),
    error: null,
  });
  return ended;
}

/** What people do all day: edit, publish, hear alerts; and the log stays whole. */
async function work(ctx: TenantContext, name: string): Promise<void> {
  const imported = await importConfiguration(ctx, { yaml: DEMO_YAML, templates: DEMO_TEMPLATES, title: name });
  const opened = imported.change;
  await saveReceiver(
    ctx,
    { id: opened.id, receiverId: `r-${name}`, receiver: { id: `r-${name}`, name: `receiver-${name}` } },
    { expectedVersion: opened.version },
  );
  expect((await getChange(ctx, { id: opened.id })).version).toBeGreaterThan(opened.version);
  const publishing = startPublishingWorker({ pollMs: 50 });
  try {
    const asked = await requestPublication(ctx, { changeId: opened.id, comment: name, overwriteDrift: true });
    await expect.poll(async () => (await getPublication(ctx, asked.id)).status, { timeout: 60_000 }).toBe("unverified");
  } finally {
    await publishing.stop();
  }
  const { token } = await createTap(ctx, { name });
  expect(await tapOf(token)).toMatchObject({ tenantId: ctx.tenantId });
  await receiveAlerts(ctx.tenantId, JSON.stringify([{ labels: { alertname: name } }]));
  expect(JSON.stringify(await findAlerts(ctx, { matcher: [`alertname="${name}"`] }))).toContain(name);
  await listMembers(ctx, undefined);
  expect(
    await withTenant(ctx.tenantId, (tx) => verifyLog(tx, ctx.tenantId), { isolation: "RepeatableRead" }),
  ).toMatchObject({
    problems: [],
  });
}

describe("a tenant that moves", () => {
  test("has the same rows at every level, and its verbs work there", async () => {
    const ctx = await database.addTenant("admin");
    const neighbour = await database.addTenant("admin");
    await seedFirings(database, ctx.tenantId, 300);
    await seedFirings(database, neighbour.tenantId, 20);
    await createTarget(operator, {
      kind: "file",
      tenantId: ctx.tenantId,
      name: "File",
      path: path.join(folder, `${ctx.tenantId}.yml`),
      version: "0.34",
    });
    const others = await rowsOf(database, neighbour.tenantId);
    await work(ctx, "begin");
    for (const [index, level] of WAY.entries()) {
      const had = await rowsOf(database, ctx.tenantId);
      await moveTo(ctx.tenantId, level);
      expect(await placeOf(database, ctx.tenantId)).toMatchObject({ level, generation: index + 2 });
      expect(await rowsOf(database, ctx.tenantId)).toEqual(had);
      expect((await sharedRows(database, ctx.tenantId)) > 0).toBe(level === "shared");
      await work(ctx, `step-${index}`);
    }
    expect(await rowsOf(database, neighbour.tenantId)).toEqual(others);
    await expect
      .poll(() => database.asOwner("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'tenant\\_%'"), {
        timeout: 60_000,
      })
      .toEqual([]);
    const own = `%${ctx.tenantId.replaceAll("-", "")}%`;
    await expect
      .poll(() => database.asOwner("SELECT datname FROM pg_database WHERE datname LIKE $1", [own]), {
        timeout: 60_000,
      })
      .toEqual([]);
  });
});
