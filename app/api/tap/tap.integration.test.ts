import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ALERTMANAGER_BINARY, startAlertmanager } from "@/e2e/fixtures/alertmanager";
import { PROMETHEUS_BINARY, startPrometheus } from "@/e2e/fixtures/prometheus";
import { createTap, findAlerts } from "@/lib/history";
import type { TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { POST } from "./[...path]/route";

let database: TestDatabase;
let folder: string;
let ctx: TenantContext;
let token: string;
beforeAll(async () => {
  database = await startTestDatabase();
  folder = await mkdtemp(path.join(os.tmpdir(), "signalbox-tap-"));
});
afterAll(async () => {
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  ctx = await database.addTenant("admin");
  ({ token } = await createTap(ctx, { name: "test" }));
});

const JSON_TYPE = { "content-type": "application/json" };
function post(where: string, body: string, headers: Record<string, string> = JSON_TYPE, method = "POST") {
  const url = `http://signalbox.test/api/tap/${where}`;
  const request = new Request(url, { method, headers, ...(method === "GET" ? {} : { body }) });
  return POST(request, { params: Promise.resolve({ path: where.split("/") }) });
}
const alerts = (name: string) => JSON.stringify([{ labels: { alertname: name } }]);
const names = async () => (await findAlerts(ctx, {})).alerts.map(({ labels }) => labels.alertname);

describe("the tap", () => {
  it("takes alerts with the token in the path, or as Bearer", async () => {
    expect((await post(`${token}/api/v2/alerts`, alerts("A"))).status).toBe(200);
    const bearer = { ...JSON_TYPE, authorization: `Bearer ${token}` };
    const answer = await post("api/v2/alerts", alerts("B"), bearer);
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect((await names()).sort()).toEqual(["A", "B"]);
  });

  it("takes it in the header only, where the installation says so", async () => {
    vi.stubEnv("TAP_TOKEN_IN_PATH", "no");
    const bearer = { ...JSON_TYPE, authorization: `Bearer ${token}` };
    const [inPath, inHeader] = [
      await post(`${token}/api/v2/alerts`, alerts("A")),
      await post("api/v2/alerts", alerts("B"), bearer),
    ];
    vi.unstubAllEnvs();
    expect([inPath.status, inHeader.status, await names()]).toEqual([401, 200, ["B"]]);
    expect(await inPath.json()).toEqual({ code: 401, message: expect.stringContaining("as Bearer") });
  });

  it("refuses everybody else, and what is not for it", async () => {
    expect((await post("sbtap_x/api/v2/alerts", alerts("A"))).status).toBe(401);
    expect((await post("api/v2/alerts", alerts("A"))).status).toBe(401);
    expect((await post(`${token}/api/v2/silences`, "{}")).status).toBe(404);
    expect((await post(`${token}/api/v2/alerts`, "", JSON_TYPE, "GET")).status).toBe(405);
    expect((await post(`${token}/api/v2/alerts`, "x", { "content-type": "text/plain" })).status).toBe(415);
    const huge = { ...JSON_TYPE, "content-length": String(64 * 1024 * 1024) };
    expect((await post(`${token}/api/v2/alerts`, "[]", huge)).status).toBe(413);
    expect(await names()).toEqual([]);
  });

  it("says that nothing was stored when nothing was", async () => {
    await database.asOwner("REVOKE INSERT ON alert_firings FROM signalbox_app");
    const answer = await post(`${token}/api/v2/alerts`, alerts("A"));
    await database.asOwner("GRANT INSERT ON alert_firings TO signalbox_app");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
  });
});

const BODIES = [
  ...["", "null", "{}", "[]", '"x"', "[{}]", "[1]", "nonsense", "[[]]", '[{"labels":{}}]', '[{"labels":null}]'],
  ...[
    '[{"labels":{"a":1}}]',
    '[{"labels":{"a":null}}]',
    '[{"labels":{"a":""}}]',
    '[{"labels":{"":"x"}}]',
    '[{"labels":[]}]',
  ],
  ...[
    '[{"Labels":{"a":"b"}}]',
    '[{"labels":{"a":"b"},"extra":1}]',
    '[{"labels":{"a":"b"}},{"labels":{}}]',
    '[{"labels":{"a":"b"}}',
  ],
  ...['"startsAt":"yesterday"', '"startsAt":""', '"startsAt":5', '"startsAt":null', '"startsAt":"2024-01-01"'].map(
    (field) => `[{"labels":{"a":"b"},${field}}]`,
  ),
  ...['"generatorURL":"not a url"', '"generatorURL":"/x"', '"generatorURL":"foo"', '"generatorURL":null'].map(
    (field) => `[{"labels":{"a":"b"},${field}}]`,
  ),
  ...['"annotations":{"x":1}', '"annotations":null', '"annotations":{"":"1"}'].map(
    (field) => `[{"labels":{"a":"b"},${field}}]`,
  ),
  '[{"labels":{"a":"b"},"startsAt":"2024-01-02T00:00:00Z","endsAt":"2024-01-01T00:00:00Z"}]',
];

it.skipIf(!ALERTMANAGER_BINARY)("answers as a real Alertmanager does", async () => {
  const real = await startAlertmanager("route: {receiver: a}\nreceivers: [{name: a}]\n", folder);
  try {
    for (const body of BODIES) {
      const theirs = await fetch(`${real.url}/api/v2/alerts`, { method: "POST", headers: JSON_TYPE, body });
      const ours = await post(`${token}/api/v2/alerts`, body);
      expect([body, ours.status], body).toEqual([body, theirs.status]);
      const [their, our] = [await theirs.text(), await ours.text()];
      // Why JSON does not fit is told in Go's words there.
      if (!their.includes("parsing alerts body")) expect(our, body).toBe(their);
      else
        expect(JSON.parse(our), body).toMatchObject({
          code: 400,
          message: expect.stringContaining("parsing alerts body"),
        });
    }
  } finally {
    await real.stop();
  }
});

describe.skipIf(!PROMETHEUS_BINARY)("a real Prometheus", () => {
  let server: Server;
  beforeEach(async () => {
    server = createServer(async (incoming, outgoing) => {
      const answer = await toRoute(incoming);
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterEach(() => {
    server.close();
  });

  it("sends to it as to an Alertmanager, and says when it is over", async () => {
    const { port } = server.address() as AddressInfo;
    const alerting = `alerting: {alertmanagers: [{path_prefix: /api/tap, authorization: {credentials: ${token}}, static_configs: [{targets: ["127.0.0.1:${port}"]}]}]}\n`;
    const rules = (expression: string) =>
      `groups: [{name: g, rules: [{alert: Always, expr: "${expression}", labels: {team: db}, annotations: {summary: "it is {{ $value }}"}}]}]\n`;
    const prometheus = await startPrometheus(folder, alerting, rules("vector(1)"));
    try {
      await until(async () => (await names()).includes("Always"));
      const { alerts: firing } = await findAlerts(ctx, { matcher: ['team="db"'] });
      expect(firing).toMatchObject([
        { annotations: { summary: "it is 1" }, generatorURL: expect.stringContaining("/graph") },
      ]);
      await prometheus.setRules(rules("vector(1) > 1"));
      await until(async () => (await findAlerts(ctx, { state: "ended" })).total === 1);
      expect(await names()).toEqual([]);
    } finally {
      await prometheus.stop();
    }
  });
});

async function toRoute(incoming: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value] as [string, string]] : [],
  );
  return post(
    (incoming.url ?? "").replace("/api/tap/", ""),
    Buffer.concat(chunks).toString(),
    Object.fromEntries(headers),
  );
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt++) {
    if (await condition()) return;
    await delay(200);
  }
  throw new Error("it did not come to pass in 30 s");
}
