import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import {
  changeHistorySettings,
  countLabels,
  createTap,
  findAlerts,
  historyState,
  pastFirings,
  receiveAlerts,
  revokeTap,
  seedDemoHistory,
  startHistoryWorker,
  tapOf,
} from ".";
import { forgetOld, maintainPartitions } from "./maintenance";
import { storeAlerts } from "./store-alerts";

let database: TestDatabase;
let ctx: TenantContext;
let other: TenantContext;
beforeAll(async () => {
  database = await startTestDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  ctx = await database.addTenant("admin");
  other = await database.addTenant("admin");
});

const MINUTE = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE).toISOString();
const send = (...alerts: object[]) => receiveAlerts(ctx.tenantId, JSON.stringify(alerts));
const firingsOf = () =>
  database.asOwner<{ starts_at: Date; ends_at: Date }>(
    "SELECT starts_at, ends_at FROM alert_firings WHERE tenant_id = $1 ORDER BY starts_at",
    [ctx.tenantId],
  );

describe("what is told of an alert", () => {
  const labels = { alertname: "Lag", team: "db" };

  it("is one firing while it fires on, and ends when somebody says so", async () => {
    const startsAt = ago(10);
    await send({ labels, startsAt, endsAt: ago(-2), annotations: { summary: "94 s" } });
    await send({ labels, startsAt, endsAt: ago(-3), annotations: { summary: "96 s" } });
    const now = await findAlerts(ctx, {});
    expect(now).toMatchObject({
      total: 1,
      alerts: [{ labels, annotations: { summary: "96 s" }, state: "firing", startsAt }],
    });
    await send({ labels, startsAt, endsAt: ago(1) });
    expect((await findAlerts(ctx, {})).alerts).toEqual([]);
    expect((await findAlerts(ctx, { state: "ended" })).alerts).toMatchObject([{ startsAt, state: "ended" }]);
    expect(await firingsOf()).toHaveLength(1);
  });

  it("goes on without a start, as senders that know none post it", async () => {
    await send({ labels });
    await send({ labels });
    expect(await firingsOf()).toHaveLength(1);
  });

  it("is another firing when it comes back", async () => {
    await send({ labels, startsAt: ago(60), endsAt: ago(50) });
    await send({ labels, startsAt: ago(20), endsAt: ago(10) });
    // Told late, by somebody whose queue was long.
    await send({ labels, startsAt: ago(90), endsAt: ago(80) });
    expect((await findAlerts(ctx, { state: "all" })).total).toBe(3);
    expect((await pastFirings(ctx, {})).sets).toMatchObject([{ labels, firings: { length: 6 } }]);
  });

  it("may come twice in one batch", async () => {
    await send({ labels, startsAt: ago(60), endsAt: ago(50) }, { labels, startsAt: ago(20), endsAt: ago(10) });
    expect(await firingsOf()).toHaveLength(2);
  });

  it("is written once for each day, so that a day can be forgotten", async () => {
    await maintainPartitions();
    const alert = { labels, annotations: {}, generatorURL: "" };
    const today = new Date();
    await storeAlerts(
      ctx.tenantId,
      [{ ...alert, startsAt: new Date(today.getTime() - 3_600_000), endsAt: today }],
      today,
    );
    const yesterday = new Date(today.getTime() - 86_400_000);
    await storeAlerts(
      ctx.tenantId,
      [{ ...alert, startsAt: new Date(today.getTime() - 90_000_000), endsAt: today }],
      yesterday,
    );
    const days = await database.asOwner("SELECT DISTINCT day FROM alert_firings WHERE tenant_id = $1", [ctx.tenantId]);
    expect(days).toHaveLength(2);
  });
});

describe("questions", () => {
  beforeEach(async () => {
    await send(
      { labels: { alertname: "Lag", team: "db", instance: "db-1" }, startsAt: ago(30) },
      { labels: { alertname: "Lag", team: "db", instance: "db-2" }, startsAt: ago(20) },
      { labels: { alertname: "Disk", team: "infra" }, startsAt: ago(10) },
      { labels: { alertname: "Old", team: "db" }, startsAt: ago(600), endsAt: ago(590) },
    );
  });

  it("are asked with matchers as in a route", async () => {
    const names = async (...matcher: string[]) =>
      (await findAlerts(ctx, { matcher, state: "all" })).alerts.map(
        ({ labels }) => labels.instance ?? labels.alertname,
      );
    expect(await names()).toEqual(["Disk", "db-2", "db-1", "Old"]);
    expect(await names('team="db"')).toEqual(["db-2", "db-1", "Old"]);
    expect(await names('team=~"d.*"', 'instance!=""')).toEqual(["db-2", "db-1"]);
    expect(await names('instance=""')).toEqual(["Disk", "Old"]);
    await expect(findAlerts(ctx, { matcher: ['team=~"("'] })).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("are answered page by page", async () => {
    const first = await findAlerts(ctx, { limit: 2, state: "all" });
    expect(first).toMatchObject({ total: 4, alerts: { length: 2 } });
    const second = await findAlerts(ctx, { limit: 2, state: "all", cursor: first.next ?? "" });
    expect(second).toMatchObject({
      next: null,
      alerts: [{ labels: { instance: "db-1" } }, { labels: { alertname: "Old" } }],
    });
    await expect(findAlerts(ctx, { cursor: "x" })).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("look at a window", async () => {
    const window = { from: ago(700), to: ago(500), state: "all" } as const;
    expect((await findAlerts(ctx, window)).alerts).toMatchObject([{ labels: { alertname: "Old" } }]);
    await expect(findAlerts(ctx, { from: ago(1), to: ago(2), state: "all" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });

  it("complete labels and values, most used first", async () => {
    expect(await countLabels(ctx, {})).toEqual([
      { text: "alertname", count: 4 },
      { text: "team", count: 4 },
      { text: "instance", count: 2 },
    ]);
    expect(await countLabels(ctx, { name: "team" })).toEqual([
      { text: "db", count: 3 },
      { text: "infra", count: 1 },
    ]);
  });

  it("are not answered with what another tenant heard", async () => {
    expect((await findAlerts(other, { state: "all" })).total).toBe(0);
    expect(await countLabels(other, {})).toEqual([]);
    expect((await pastFirings(other, {})).sets).toEqual([]);
    expect(await historyState(other, undefined)).toMatchObject({ labelSets: 0, firing: 0 });
    const rows = await database.asApp("SELECT 1 FROM alert_firings UNION ALL SELECT 1 FROM alert_label_sets");
    expect(rows).toEqual([]);
    await expect(database.asApp("SELECT 1 FROM alert_firings_days.d20261123")).rejects.toThrow(/permission denied/);
  });
});

describe("a tap", () => {
  it("is known by its token, told once, until it is revoked", async () => {
    const { tap, token, prometheus } = await createTap(ctx, { name: "prometheus eu" });
    expect(prometheus).toContain(`credentials: ${token}`);
    expect(await tapOf(token)).toMatchObject({ id: tap.id, tenantId: ctx.tenantId });
    expect(await tapOf(`${token}x`)).toBeNull();
    const state = await historyState(ctx, undefined);
    expect(state.taps).toMatchObject([{ name: "prometheus eu", lastUsedAt: expect.any(String) }]);
    const stored = await database.asOwner("SELECT taps::text FROM taps");
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(JSON.stringify(await database.asOwner("SELECT encode(bytes, 'escape') AS bytes FROM events"))).not.toContain(
      token,
    );
    await expect(revokeTap(other, { id: tap.id })).rejects.toMatchObject({ code: "not_found" });
    await revokeTap(ctx, { id: tap.id });
    expect(await tapOf(token, Date.now() + 4_000)).toBeNull();
  });

  it("is an admin's to make", async () => {
    const viewer = await database.addTenant("editor");
    await expect(createTap(viewer, { name: "x" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(changeHistorySettings(viewer, { retentionDays: 3, pollTargets: true })).rejects.toMatchObject({
      code: "forbidden",
    });
  });
});

it("gives the demonstration a believable week", async () => {
  await seedDemoHistory(ctx.tenantId, new Date());
  const firing = await findAlerts(ctx, {});
  expect(firing.total).toBe(5);
  const { sets, truncated } = await pastFirings(ctx, {});
  expect(truncated).toBe(false);
  expect(sets).toHaveLength(12);
  const counts = sets.map(({ firings }) => firings.length / 2);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(200);
  for (const { firings } of sets) expect(firings).toEqual([...firings].sort((one, other) => one - other));
});

describe("retention", () => {
  it("is a tenant's own", async () => {
    expect(await historyState(ctx, undefined)).toMatchObject({ retentionDays: 30, pollTargets: true });
    await changeHistorySettings(ctx, { retentionDays: 2, pollTargets: false });
    await changeHistorySettings(ctx, { retentionDays: 2, pollTargets: false });
    expect(await historyState(ctx, undefined)).toMatchObject({ retentionDays: 2, pollTargets: false });
    const [{ count } = { count: "" }] = await database.asOwner<{ count: string }>(
      "SELECT count(*) FROM events WHERE tenant_id = $1 AND type = 'HistorySettingsChanged'",
      [ctx.tenantId],
    );
    expect(count).toBe("1");
  });

  it("forgets what is older, and only that", async () => {
    await send({ labels: { alertname: "Lag" } });
    await changeHistorySettings(ctx, { retentionDays: 2, pollTargets: true });
    expect(await forgetOld(ctx.tenantId)).toBe(0);
    expect(await forgetOld(ctx.tenantId, new Date(Date.now() + 4 * 86_400_000))).toBe(1);
    expect((await findAlerts(ctx, { state: "all" })).total).toBe(0);
    expect(await firingsOf()).toEqual([]);
  });

  it("drops days that nobody keeps, and makes those ahead", async () => {
    await maintainPartitions();
    await database.asOwner(
      "CREATE TABLE alert_firings_days.d20200101 PARTITION OF alert_firings FOR VALUES FROM ('2020-01-01') TO ('2020-01-02')",
    );
    expect(await maintainPartitions()).toEqual({ made: 0, dropped: 1 });
    const days = await database.asOwner<{ name: string; walled: boolean }>(
      "SELECT relname AS name, relforcerowsecurity AND relrowsecurity AS walled FROM pg_class WHERE relnamespace = 'alert_firings_days'::regnamespace AND relkind = 'r'",
    );
    expect(days).toHaveLength(15);
    expect(days.every(({ walled }) => walled)).toBe(true);
  });

  it("is looked after by a worker", async () => {
    await database.asOwner("DROP TABLE IF EXISTS alert_firings_days.d20200101");
    const worker = startHistoryWorker();
    await worker.stop();
    expect((await maintainPartitions()).made).toBe(0);
  });
});
