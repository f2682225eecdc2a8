import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ALERTMANAGER_BINARY, startAlertmanager } from "@/e2e/fixtures/alertmanager";
import { readLog } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { createTarget, listTargets } from "@/lib/targets";
import type { TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { postAlert } from "./index";
import { startSink } from "./testing/sink";
import { colleague, liveOf } from "./testing/tenant";

let database: TestDatabase;
let ctx: TenantContext;
let sink: Awaited<ReturnType<typeof startSink>>;
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "test-alerts-")));

beforeAll(async () => {
  vi.stubEnv("DATA_DIR", folder);
  vi.stubEnv("TARGET_ROOTS", folder);
  vi.stubEnv("OUTBOUND_ALLOW", "targets=127.0.0.1");
  database = await startTestDatabase();
  sink = await startSink(() => ({}));
});
afterAll(async () => {
  await sink.stop();
  await database.stop();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  ctx = await database.addTenant("admin");
  sink.received.length = 0;
});

const YAML = () => `route:
  receiver: other
  group_wait: 0s
  routes: [{receiver: tried, matchers: ['team="web"']}]
receivers:
  - name: other
  - name: tried
    webhook_configs: [{url: ${sink.url}/hook}]
`;

let targets = 0;
async function targetAt(url: string, allowTestAlerts: boolean) {
  const operator = { id: ctx.actor.id, requestId: "r" } as Parameters<typeof createTarget>[0];
  const replicas = [{ url, configPath: path.join(folder, `am-${targets++}.yml`) }];
  const made = { kind: "alertmanager", tenantId: ctx.tenantId, name: "production", replicas, allowTestAlerts } as const;
  return (await createTarget(operator, made)).id;
}

describe("through the Alertmanager that runs", () => {
  it.skipIf(!ALERTMANAGER_BINARY)("its own routes bring the marked alert to the receiver", async () => {
    const alertmanager = await startAlertmanager(YAML());
    const targetId = await targetAt(alertmanager.url, true);
    const { receiverId } = await liveOf(ctx, YAML());
    const posted = await postAlert(ctx, { targetId, receiverId });
    expect(posted).toMatchObject({ target: "production", receivers: ["tried"], replicas: [{ ok: true }] });
    expect(posted.labels).toMatchObject({ team: "web", alertname: "[TEST] SignalboxTest", signalbox_test: "true" });
    await vi.waitFor(() => expect(sink.received.length).toBe(1), { timeout: 15_000 });
    expect(JSON.parse(sink.received[0]?.body ?? "").alerts[0].annotations.summary).toMatch(/^\[TEST\]/);
    const log = await withTenant(ctx.tenantId, (tx) => readLog(tx, ctx.tenantId, { limit: 5 }));
    expect(log.map(({ type }) => type).slice(0, 2)).toEqual(["TestAlertPosted", "TestStarted"]);
    expect(log[0]?.data).toMatchObject({ target: "production", taken: 1, replicas: 1 });
    expect(await listTargets(ctx)).toMatchObject([{ allowsTestAlerts: true }]);
    await alertmanager.stop();
  });

  it("says what a target said that is not there, and which labels are needed", async () => {
    const targetId = await targetAt("http://127.0.0.1:1", true);
    const { receiverId } = await liveOf(ctx, YAML());
    expect((await postAlert(ctx, { targetId, receiverId })).replicas).toMatchObject([{ ok: false }]);
    const hidden = await liveOf(ctx, YAML().replace("matchers: ['team=\"web\"']", "matchers: ['host=~\"a.+\"']"));
    await expect(postAlert(ctx, { targetId, receiverId: hidden.receiverId })).rejects.toMatchObject({
      code: "invalid_input",
    });
    const own = await postAlert(ctx, { targetId, receiverId: hidden.receiverId, labels: { host: "abc" } });
    expect(own.labels).toMatchObject({ host: "abc", alertname: "[TEST]" });
  });

  it("only where an operator allowed it, by those who edit, in one's own tenant", async () => {
    const targetId = await targetAt(sink.url, false);
    const { receiverId } = await liveOf(ctx, YAML());
    await expect(postAlert(ctx, { targetId, receiverId })).rejects.toMatchObject({ code: "forbidden" });
    await expect(postAlert(colleague(ctx, "viewer"), { targetId, receiverId })).rejects.toMatchObject({
      code: "forbidden",
    });
    const other = await database.addTenant("admin");
    await expect(postAlert(other, { targetId, receiverId })).rejects.toMatchObject({ code: "not_found" });
    const theirs = ctx;
    ctx = other;
    const { receiverId: mine } = await liveOf(ctx, YAML());
    await expect(postAlert(ctx, { targetId, receiverId: mine })).rejects.toMatchObject({ code: "not_found" });
    ctx = theirs;
    expect(sink.received.filter(({ url }) => url.includes("/alerts"))).toEqual([]);
  });
});
