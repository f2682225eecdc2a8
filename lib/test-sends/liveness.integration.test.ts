import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { readLog } from "@/lib/audit";
import { saveDocument, sealSecret } from "@/lib/configuration";
import { withTenant } from "@/lib/database";
import type { TenantContext } from "@/lib/tenancy";
import { selfSigned } from "@/lib/testing/certificate";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { startSmarthost, USER } from "@/lib/testing/smarthost";
import { checkSecrets, readChecks } from "./index";
import { type Answer, type SunkRequest, startSink } from "./testing/sink";
import { colleague, draftOf } from "./testing/tenant";

let database: TestDatabase;
let sink: Awaited<ReturnType<typeof startSink>>;
let ctx: TenantContext;
let answer: (request: SunkRequest) => Answer = () => ({});
const folder = mkdtempSync(path.join(tmpdir(), "test-liveness-"));
const TOKEN = "xoxb-canary-91c";

beforeAll(async () => {
  vi.stubEnv("DATA_DIR", folder);
  vi.stubEnv("OUTBOUND_ALLOW", "test-sends=127.0.0.1");
  database = await startTestDatabase();
  sink = await startSink((request) => answer(request));
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

const slack = () =>
  `slack_configs:\n  - api_url: ${sink.url}/api/chat.postMessage\n    channel: c\n    http_config: {authorization: {credentials: ${TOKEN}}}`;
const lines = () => sink.received.map(({ method, url }) => `${method} ${url}`);

it("asks Slack who the token is, tells nobody, and remembers the answer without the token", async () => {
  answer = () => ({ body: JSON.stringify({ ok: true, url: TOKEN }) });
  const draft = await draftOf(ctx, slack());
  expect(await readChecks(ctx, draft)).toMatchObject([{ key: "slack_configs", outcome: "none", checkedAt: null }]);
  expect(await checkSecrets(ctx, draft)).toMatchObject([{ outcome: "works", words: "HTTP 200" }]);
  expect(lines()).toEqual(["POST /api/auth.test"]);
  expect(sink.received[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  const remembered = await readChecks(colleague(ctx, "viewer"), draft);
  expect(remembered).toMatchObject([{ outcome: "works", checkedAt: expect.stringMatching(/^20/) }]);
  answer = () => ({ body: '{"ok":false,"error":"token_revoked"}' });
  expect(await checkSecrets(ctx, draft)).toMatchObject([{ outcome: "refused" }]);
  const log = await withTenant(ctx.tenantId, (tx) => readLog(tx, ctx.tenantId, { limit: 50 }));
  expect(log[0]).toMatchObject({ type: "SecretChecked", data: { outcome: "refused", receiver: "tried" } });
  const rows = await database.asOwner("SELECT t::text FROM secret_checks t UNION ALL SELECT e::text FROM events e");
  expect(JSON.stringify(rows)).not.toContain(TOKEN);
});

it("a new version of the secret has to be asked for anew", async () => {
  answer = () => ({ body: '{"ok":true}' });
  const draft = await draftOf(ctx, slack());
  await checkSecrets(ctx, draft);
  const { document, version } = draft.change;
  const text = JSON.stringify(document);
  const ref = /secret:\/\/([0-9a-f-]{36})\/1/g;
  const ids = [...new Set([...text.matchAll(ref)].map(([, id]) => id ?? ""))];
  for (const secretId of ids) await sealSecret(ctx, { value: "https://next.example/", kind: "secret", secretId });
  const next = { ...JSON.parse(text.replaceAll(ref, "secret://$1/2")), source: null };
  await saveDocument(ctx, { id: draft.changeId, document: next }, { expectedVersion: version });
  expect(await readChecks(ctx, draft)).toMatchObject([{ outcome: "none", checkedAt: null }]);
});

it("asks Telegram and the smarthost, and says where nobody can be asked", async () => {
  answer = () => ({ body: '{"ok":true}' });
  const pair = selfSigned("mail.example");
  const smarthost = await startSmarthost("right", pair);
  const mail = (password: string) =>
    `  - {to: a@b.example, from: c@d.example, smarthost: '127.0.0.1:${smarthost.port}', auth_username: ${USER}, ` +
    `auth_password: ${password}, tls_config: {insecure_skip_verify: true}}`;
  const yaml = [
    `webhook_configs:\n  - url: ${sink.url}/w`,
    `telegram_configs:\n  - {api_url: '${sink.url}', bot_token: '7:${TOKEN}', chat_id: 1}`,
    `email_configs:\n${mail("right")}\n${mail("wrong")}`,
  ].join("\n");
  const told = await checkSecrets(ctx, await draftOf(ctx, yaml));
  expect(told.map(({ key, outcome }) => [key, outcome])).toEqual([
    ["webhook_configs", "none"],
    ["email_configs", "works"],
    ["email_configs", "refused"],
    ["telegram_configs", "works"],
  ]);
  expect(lines()).toEqual([`GET /bot7:${TOKEN}/getMe`]);
  expect([smarthost.methods.length, smarthost.received]).toEqual([2, []]);
  await smarthost.stop();
});

it("refuses a viewer, another tenant, and an editor with somebody else's secret", async () => {
  const draft = await draftOf(ctx, slack());
  await expect(checkSecrets(colleague(ctx, "viewer"), draft)).rejects.toMatchObject({ code: "forbidden" });
  const other = await database.addTenant("admin");
  await expect(checkSecrets(other, draft)).rejects.toMatchObject({ code: "not_found" });
  await expect(readChecks(other, draft)).rejects.toMatchObject({ code: "not_found" });
  expect(await checkSecrets(colleague(ctx, "editor"), draft)).toMatchObject([{ outcome: "none" }]);
  expect(sink.received).toEqual([]);
});
