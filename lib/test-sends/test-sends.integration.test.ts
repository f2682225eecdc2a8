import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readLog } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { editTenant, type TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { checkSecrets, listTests, sendTest } from "./index";
import { type Answer, type SunkRequest, startSink } from "./testing/sink";
import { colleague, draftOf } from "./testing/tenant";

let database: TestDatabase;
let sink: Awaited<ReturnType<typeof startSink>>;
let ctx: TenantContext;
let answer: (request: SunkRequest) => Answer | null = () => ({});
const folder = mkdtempSync(path.join(tmpdir(), "test-sends-"));
const CANARY = "canary-5f2e/hush+hush";

beforeAll(async () => {
  vi.stubEnv("DATA_DIR", folder);
  vi.stubEnv("OUTBOUND_ALLOW", "test-sends=127.0.0.1");
  database = await startTestDatabase();
  sink = await startSink((request) => answer(request));
});
beforeEach(async () => {
  ctx = await database.addTenant("admin");
});
afterAll(async () => {
  await sink.stop();
  await database.stop();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  sink.received.length = 0;
  answer = () => ({});
});

const webhook = (more = "") => `webhook_configs:\n  - url: ${sink.url}/hook\n${more}`;

describe("a test of a webhook", () => {
  it("is the request of Alertmanager, marked, and says what came of it", async () => {
    answer = () => ({ body: "<b>thanks</b>" });
    const draft = await draftOf(ctx, webhook());
    const [result] = await sendTest(ctx, draft);
    expect(result).toMatchObject({ key: "webhook_configs", index: 0, outcome: "delivered", case: "firing", note: "" });
    expect(result?.requests).toMatchObject([
      { method: "POST", status: 200, response: "<b>thanks</b>", error: null, next: "delivered" },
    ]);
    const [request] = sink.received;
    expect(request?.rawHeaders.slice(0, 6)).toEqual([
      ...["Host", `127.0.0.1:${sink.port}`, "User-Agent", expect.stringMatching(/^Alertmanager\//)],
      ...["Content-Length", String(Buffer.byteLength(request?.body ?? ""))],
    ]);
    const body = JSON.parse(request?.body ?? "");
    expect(body).toMatchObject({ status: "firing", receiver: "tried", version: "4" });
    expect(body.alerts[0].labels).toMatchObject({ alertname: "[TEST] SignalboxTest", signalbox_test: "true" });
    expect(body.alerts[0].annotations.summary).toMatch(/^\[TEST\] /);
    expect(body.groupKey).toBe('{}/{signalbox_test="true"}:{alertname="[TEST] SignalboxTest"}');
  });

  it("fires and is resolved, or is resolved alone, each in one press", async () => {
    const draft = await draftOf(ctx, webhook());
    const statuses = () => sink.received.map(({ body }) => JSON.parse(body).status);
    const [both] = await sendTest(ctx, { ...draft, case: "both" });
    expect([both?.outcome, statuses()]).toEqual(["delivered", ["firing", "resolved"]]);
    sink.received.length = 0;
    const [resolved] = await sendTest(ctx, { ...draft, case: "resolved" });
    expect([resolved?.outcome, resolved?.requests.length, statuses()]).toEqual(["delivered", 1, ["resolved"]]);
    const quiet = await draftOf(ctx, webhook("    send_resolved: false\n"));
    expect((await sendTest(ctx, { ...quiet, case: "resolved" }))[0]).toMatchObject({ outcome: "silent", requests: [] });
  });

  it.each([
    [{ status: 503 }, "retry"],
    [{ status: 404 }, "drop"],
    [{ status: 302, headers: { location: "http://169.254.169.254/" } }, "redirected"],
  ] as const)("answered %o means %s", async (given, outcome) => {
    answer = () => given;
    const results = await sendTest(ctx, await draftOf(ctx, webhook()));
    expect(results).toMatchObject([{ outcome, requests: [{ status: given.status, next: outcome }] }]);
    expect(sink.received).toHaveLength(1);
  });

  it("of an address that may not be called is refused before connecting", async () => {
    vi.stubEnv("OUTBOUND_ALLOW", "");
    const [result] = await sendTest(ctx, await draftOf(ctx, webhook()));
    vi.stubEnv("OUTBOUND_ALLOW", "test-sends=127.0.0.1");
    expect(result).toMatchObject({ outcome: "refused", requests: [{ status: null, error: { reason: "refused" } }] });
    expect(sink.received).toEqual([]);
  });

  it("says which template is wrong and sends nothing", async () => {
    const slack = `slack_configs:\n  - api_url: ${sink.url}/x\n    channel: '#a'\n    title: ok`;
    const bad = `pagerduty_configs:\n  - routing_key: k\n    url: ${sink.url}/pd\n    description: '{{ nope }}'`;
    const results = await sendTest(ctx, await draftOf(ctx, `${slack}\n${bad}`));
    expect(results).toMatchObject([
      { key: "pagerduty_configs", outcome: "drop", note: expect.stringMatching(/function "nope" not defined/) },
      { key: "slack_configs", outcome: "delivered" },
    ]);
  });
});

describe("who may", () => {
  it("refuses a viewer", async () => {
    const draft = await draftOf(ctx, webhook());
    await expect(sendTest(colleague(ctx, "viewer"), draft)).rejects.toMatchObject({ code: "forbidden" });
    expect(sink.received).toEqual([]);
  });

  it("refuses another tenant", async () => {
    const draft = await draftOf(ctx, webhook());
    const other = await database.addTenant("admin");
    await expect(sendTest(other, draft)).rejects.toMatchObject({ code: "not_found" });
    expect(await listTests(other, draft)).toEqual([]);
    expect(sink.received).toEqual([]);
  });

  it("a press too many has to wait", async () => {
    const somebody = colleague(await database.addTenant("admin"), "admin");
    const draft = await draftOf(somebody, webhook());
    for (let press = 0; press < 10; press++) await sendTest(somebody, draft);
    await expect(sendTest(somebody, draft)).rejects.toMatchObject({ code: "rate_limited" });
    expect(sink.received).toHaveLength(10);
  });
});

it("a tenant sends as many tests a minute as its tier includes, and asks as often whether secrets are right", async () => {
  const tenant = await database.addTenant("admin");
  const operator = { personId: tenant.actor.id, isOperator: true, requestId: "r" };
  const overrides = { quotas: { testSends: 1 }, features: {} };
  await editTenant(operator, { tenantId: tenant.tenantId, tier: "professional", overrides });
  const draft = await draftOf(tenant, webhook());
  await sendTest(colleague(tenant, "admin"), draft);
  const refused = { code: "rate_limited", details: { quota: "testSends", limit: 1 } };
  await expect(sendTest(colleague(tenant, "admin"), draft)).rejects.toMatchObject(refused);
  await expect(checkSecrets(colleague(tenant, "admin"), draft)).rejects.toMatchObject(refused);
  expect(sink.received).toHaveLength(1);
});

describe("secrets", () => {
  const withSecret = (more = "") =>
    webhook(`    http_config:\n      authorization:\n        credentials: ${CANARY}\n${more}`);

  it("an editor cannot carry somebody else's secret to an address of theirs", async () => {
    const draft = await draftOf(ctx, withSecret());
    const editor = colleague(ctx, "editor");
    expect(await sendTest(editor, draft)).toMatchObject([{ outcome: "refused", requests: [] }]);
    expect(sink.received).toEqual([]);
    // Who may publish it may try it, and so may who set it.
    expect(await sendTest(colleague(ctx, "approver"), draft)).toMatchObject([{ outcome: "delivered" }]);
    const own = await draftOf(editor, withSecret());
    expect(await sendTest(editor, own)).toMatchObject([{ outcome: "delivered" }]);
    expect(sink.received[1]?.headers.authorization).toBe(`Bearer ${CANARY}`);
  });

  it("goes out once, and never comes back: not in the answer, the log or the database", async () => {
    const tenant = await database.addTenant("admin");
    const forms = [
      CANARY,
      encodeURIComponent(CANARY),
      Buffer.from(CANARY).toString("base64"),
      CANARY.replace("/", "\\/"),
    ];
    answer = ({ headers }) => ({
      status: 401,
      body: `bad ${headers.authorization} ${forms.join(" ")} ${"x".repeat(9000)}`,
    });
    const draft = await draftOf(tenant, withSecret());
    const results = await sendTest(tenant, draft);
    expect(sink.received[0]?.headers.authorization).toBe(`Bearer ${CANARY}`);
    const [request] = results[0]?.requests ?? [];
    expect(request).toMatchObject({
      status: 401,
      next: "drop",
      response: expect.stringMatching(/^bad Bearer •••• ••••/),
    });
    expect(request?.response).toHaveLength(2000);
    const log = await withTenant(tenant.tenantId, (tx) => readLog(tx, tenant.tenantId, { limit: 100 }));
    expect(log.map(({ type }) => type).slice(0, 2)).toEqual(["TestSent", "TestStarted"]);
    expect(log[0]?.data).toMatchObject({ receiver: "tried", integration: "webhook_configs[0]", outcome: "drop" });
    const dump = await database.asOwner(
      "SELECT t::text FROM test_sends t UNION ALL SELECT e::text FROM events e UNION ALL SELECT c::text FROM changes c",
    );
    const everything = JSON.stringify([results, log, dump, await listTests(tenant, draft)]);
    for (const form of forms) expect(everything).not.toContain(form);
  });

  it("remembers the last tests, newest first, for whoever may look", async () => {
    const draft = await draftOf(ctx, webhook());
    await sendTest(ctx, draft);
    answer = () => ({ status: 500 });
    await sendTest(ctx, { ...draft, case: "both" });
    const listed = await listTests(colleague(ctx, "viewer"), draft);
    expect(listed.map(({ outcome, case: shown }) => [outcome, shown])).toEqual([
      ["retry", "both"],
      ["delivered", "firing"],
    ]);
  });
});
