import { mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ALERTMANAGER_BINARY, startAlertmanager } from "@/e2e/fixtures/alertmanager";
import { createTarget } from "@/lib/targets";
import type { TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { changeHistorySettings, findAlerts } from ".";
import { pollAllTargets, pollTargets } from "./poll-targets";

const OPERATOR = { id: "operator", requestId: "test" };
let database: TestDatabase;
let root: string;
let ctx: TenantContext;
beforeAll(async () => {
  database = await startTestDatabase();
  root = await mkdtemp(path.join(os.tmpdir(), "signalbox-poll-"));
  Object.assign(process.env, {
    NODE_ENV: "test",
    TARGET_ROOTS: root,
    OUTBOUND_ALLOW: "targets=127.0.0.1",
    DATA_DIR: path.join(root, "data"),
  });
});
afterAll(async () => {
  await database.stop();
  await rm(root, { recursive: true, force: true });
});
beforeEach(async () => {
  ctx = await database.addTenant("admin");
});

const add = (url: string, configPath: string) =>
  createTarget(OPERATOR, {
    kind: "alertmanager",
    tenantId: ctx.tenantId,
    name: "production",
    replicas: [{ url, configPath }],
    version: "0.25",
  });

describe.skipIf(!ALERTMANAGER_BINARY)("a real Alertmanager", () => {
  it("is asked for the alerts that it knows, unless the tenant does not want it", async () => {
    const folder = path.join(root, ctx.tenantSlug);
    await mkdir(folder);
    const running = await startAlertmanager("route: {receiver: a}\nreceivers: [{name: a}]\n", folder);
    try {
      await add(running.url, running.configPath);
      const labels = { alertname: "Lag", team: "db" };
      await fetch(`${running.url}/api/v2/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify([{ labels, annotations: { summary: "x" }, generatorURL: "http://p/graph" }]),
      });
      expect(await pollTargets(ctx.tenantId)).toBe(1);
      expect(await pollTargets(ctx.tenantId)).toBe(1);
      const { alerts } = await findAlerts(ctx, {});
      expect(alerts).toMatchObject([{ labels, annotations: { summary: "x" }, generatorURL: "http://p/graph" }]);
      await changeHistorySettings(ctx, { retentionDays: 5, pollTargets: false });
      expect(await pollTargets(ctx.tenantId)).toBe(0);
    } finally {
      await running.stop();
    }
  });
});

it("goes on when a target does not answer", async () => {
  const folder = path.join(root, ctx.tenantSlug);
  await mkdir(folder);
  await add("http://127.0.0.1:9", path.join(folder, "alertmanager.yml"));
  const errors: unknown[] = [];
  await pollAllTargets((error) => errors.push(error));
  expect(errors).toEqual([]);
});
