import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { INTEGRATION_KEYS } from "@/lib/alertmanager";
import type { TenantContext } from "@/lib/tenancy";
import { selfSigned } from "@/lib/testing/certificate";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { sendTest } from "./index";
import { type Answer, type SunkRequest, startSink } from "./testing/sink";
import { draftOf } from "./testing/tenant";

let database: TestDatabase;
let sink: Awaited<ReturnType<typeof startSink>>;
let secure: Awaited<ReturnType<typeof startSink>>;
let ctx: TenantContext;
let answer: (request: SunkRequest) => Answer = () => ({});
const folder = mkdtempSync(path.join(tmpdir(), "test-kinds-"));
const pair = selfSigned("sink.example");
const OK = { headers: { "content-type": "application/json" } };
const json = (value: unknown): Answer => ({ ...OK, body: JSON.stringify(value) });

beforeAll(async () => {
  vi.stubEnv("DATA_DIR", folder);
  vi.stubEnv("OUTBOUND_ALLOW", "test-sends=127.0.0.1");
  database = await startTestDatabase();
  sink = await startSink((request) => answer(request));
  secure = await startSink((request) => answer(request), pair);
});
afterAll(async () => {
  await Promise.all([sink.stop(), secure.stop()]);
  await database.stop();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  ctx = await database.addTenant("admin");
  sink.received.length = 0;
  secure.received.length = 0;
  answer = () => ({});
});

const one = async (kind: string, fields: string, testCase: "firing" | "both" = "firing", global = "") => {
  const yaml = `${kind}_configs:\n  - ${fields.replaceAll("URL", sink.url)}`;
  const [result] = await sendTest(ctx, { ...(await draftOf(ctx, yaml, global)), case: testCase });
  return result;
};
const lines = () => sink.received.map(({ method, url }) => `${method} ${url}`);

describe("every kind reaches its provider", () => {
  // `K` stands for a secret.
  const KINDS: readonly [string, string, Answer, string][] = [
    ["webhook", "{url: URL/hook/K}", {}, "/hook/K"],
    ["slack", "{api_url: URL/s/K, channel: '#c'}", {}, "/s/K"],
    ["pagerduty", "{url: URL/pd, routing_key: K}", {}, "/pd"],
    ["opsgenie", "{api_url: URL/, api_key: K}", {}, "/v2/alerts"],
    ["victorops", "{api_url: URL/, api_key: K, routing_key: r}", {}, "/K/r"],
    ["telegram", "{api_url: URL, bot_token: K, chat_id: 7}", json({ ok: true }), "/botK/sendMessage"],
    ["discord", "{webhook_url: URL/d/K}", {}, "/d/K"],
    ["msteams", "{webhook_url: URL/t/K}", {}, "/t/K"],
    ["msteamsv2", "{webhook_url: URL/t2/K}", {}, "/t2/K"],
    ["webex", "{api_url: URL/w, room_id: r, http_config: {authorization: {credentials: K}}}", {}, "/w"],
    [
      "rocketchat",
      "{api_url: URL, token: K, token_id: i, channel: c}",
      json({ success: true }),
      "/api/v1/chat.postMessage",
    ],
    ["mattermost", "{webhook_url: URL/m/K}", {}, "/m/K"],
    ["incidentio", "{url: URL/i, alert_source_token: K}", {}, "/i"],
  ];
  const SECRET = "canary-0b51d7";

  it.each(KINDS)("%s", async (kind, fields, given, expected) => {
    answer = () => given;
    const result = await one(kind, fields.replaceAll("K", SECRET));
    expect(result).toMatchObject({ outcome: "delivered", note: "", requests: [{ status: 200 }] });
    expect(lines()).toEqual([`POST ${expected.replaceAll("K", SECRET)}`]);
    const [sunk] = sink.received;
    expect(sunk?.body).toContain("[TEST]");
    expect(JSON.stringify(sunk)).toContain(SECRET);
    expect(JSON.stringify(result)).not.toContain(SECRET);
  });

  it("those with several requests: WeChat's token is real, and not shown", async () => {
    answer = ({ url }) => json(url.startsWith("/gettoken") ? { access_token: "real-token-1" } : { errcode: 0 });
    const result = await one("wechat", "{api_url: URL/, corp_id: c, api_secret: s3cr3t, to_user: u, agent_id: '1'}");
    expect(result?.outcome).toBe("delivered");
    expect(lines()).toEqual([
      "GET /gettoken?corpid=c&corpsecret=s3cr3t",
      "POST /message/send?access_token=real-token-1",
    ]);
    expect(JSON.stringify(result)).not.toMatch(/real-token-1|s3cr3t/);
  });

  it("Jira's issue is found, updated and opened again", async () => {
    const found = { issues: [{ key: "OPS-77", fields: { status: { statusCategory: { key: "done" } } } }] };
    answer = ({ url, method }) => {
      if (url.endsWith("/search")) return json(found);
      if (method === "GET") return json({ transitions: [{ id: "5", name: "Reopen" }] });
      return { status: 204, body: "" };
    };
    const fields =
      "{api_url: URL/rest/api/2, project: OPS, issue_type: Bug, reopen_transition: Reopen, reopen_duration: 1h}";
    expect(await one("jira", fields)).toMatchObject({ outcome: "delivered" });
    const base = "/rest/api/2/issue/OPS-77";
    expect(lines()).toEqual([
      "POST /rest/api/2/search",
      `PUT ${base}`,
      `GET ${base}/transitions`,
      `POST ${base}/transitions`,
    ]);
    expect(sink.received[3]?.body).toContain('"id":"5"');
  });

  it("Opsgenie's updates follow the first, unless that failed", async () => {
    const fields = "{api_url: URL/, api_key: k, update_alerts: true}";
    expect((await one("opsgenie", fields))?.requests).toHaveLength(3);
    answer = () => ({ status: 429 });
    expect(await one("opsgenie", fields)).toMatchObject({ outcome: "retry", requests: [{ status: 429 }] });
  });

  it("SNS is signed with the sealed key", async () => {
    const sigv4 = "sigv4: {region: eu-west-1, access_key: AKID, secret_key: s3cr3t}";
    expect(await one("sns", `{api_url: URL/, topic_arn: 'arn:x', ${sigv4}}`)).toMatchObject({ outcome: "delivered" });
    expect(sink.received[0]?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/sns\/aws4_request/,
    );
    const role = await one("sns", "{api_url: URL/, topic_arn: 'arn:x', sigv4: {region: r, role_arn: 'arn:role'}}");
    expect(role).toMatchObject({ outcome: "unsupported", requests: [] });
  });

  it("leaves out none but Pushover, whose address is fixed, and mails, which have a test of their own", () => {
    const tried = new Set(
      [...KINDS.map(([kind]) => kind), "wechat", "jira", "opsgenie", "sns"].map((kind) => `${kind}_configs`),
    );
    expect(INTEGRATION_KEYS.filter((key) => !tried.has(key))).toEqual(["email_configs", "pushover_configs"]);
  });
});

describe("http_config", () => {
  const hook = (http: string, url = "URL/h") => `{url: '${url}', http_config: ${http}}`;

  it.each([
    ["{basic_auth: {username: u, password: p}}", "Basic dTpw"],
    ["{authorization: {type: Token, credentials: c}}", "Token c"],
  ])("%s", async (http, expected) => {
    expect(await one("webhook", hook(http))).toMatchObject({ outcome: "delivered" });
    expect(sink.received[0]?.headers.authorization).toBe(expected);
  });

  it("headers, and what global gives", async () => {
    const global = "global:\n  http_config:\n    http_headers: {X-Team: {values: [a], secrets: [b]}}\n";
    expect(await one("webhook", "{url: URL/h}", "firing", global)).toMatchObject({ outcome: "delivered" });
    expect(sink.received[0]?.rawHeaders.join(" ")).toContain("X-Team a X-Team b");
  });

  it("oauth2 asks for a token through the same door", async () => {
    answer = ({ url }) => (url === "/token" ? json({ access_token: "granted-token" }) : { body: "got granted-token" });
    const oauth2 = `{oauth2: {client_id: id, client_secret: sec, token_url: '${sink.url}/token', scopes: [a, b]}}`;
    const result = await one("webhook", hook(oauth2));
    expect(result).toMatchObject({ outcome: "delivered", requests: [{ response: "got ••••" }] });
    expect(sink.received[0]).toMatchObject({
      method: "POST",
      url: "/token",
      body: "grant_type=client_credentials&scope=a+b",
    });
    expect(sink.received[1]?.headers.authorization).toBe("Bearer granted-token");
    const refused = await one(
      "webhook",
      hook("{oauth2: {client_id: id, client_secret: sec, token_url: 'http://10.0.0.1/'}}"),
    );
    expect(refused).toMatchObject({ outcome: "refused" });
  });

  it("TLS: trusted as configured, and not otherwise", async () => {
    const url = secure.url;
    const ca = `{tls_config: {server_name: sink.example, ca: ${JSON.stringify(pair.cert)}}}`;
    expect(await one("webhook", hook(ca, url))).toMatchObject({ outcome: "delivered" });
    expect(await one("webhook", hook("{tls_config: {insecure_skip_verify: true}}", url))).toMatchObject({
      outcome: "delivered",
    });
    expect(await one("webhook", hook("{}", url))).toMatchObject({
      outcome: "retry",
      requests: [{ error: { reason: "tls" } }],
    });
    expect(secure.received).toHaveLength(2);
  });

  it.each([
    "{proxy_url: 'http://proxy:3128'}",
    "{tls_config: {ca_file: /etc/ca.pem}}",
    "{proxy_from_environment: true}",
  ])("%s is said and nothing is sent", async (http) => {
    expect(await one("webhook", hook(http))).toMatchObject({ outcome: "unsupported", requests: [] });
    expect(sink.received).toEqual([]);
  });

  it("a provider that is not there, or never answers", async () => {
    expect(await one("webhook", hook("{}", "http://127.0.0.1:1/"))).toMatchObject({
      outcome: "retry",
      requests: [{ status: null, error: { reason: "connection" } }],
    });
    expect(await one("webhook", hook("{}", "http://nobody.invalid/"))).toMatchObject({
      outcome: "retry",
      requests: [{ error: { reason: "dns" } }],
    });
  });
});
