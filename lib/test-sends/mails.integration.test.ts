import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { TenantContext } from "@/lib/tenancy";
import { selfSigned } from "@/lib/testing/certificate";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { startSmarthost, USER } from "@/lib/testing/smarthost";
import { sendTest } from "./index";
import { draftOf } from "./testing/tenant";

let database: TestDatabase;
let ctx: TenantContext;
let smarthost: Awaited<ReturnType<typeof startSmarthost>>;
const folder = mkdtempSync(path.join(tmpdir(), "test-mails-"));
const PASSWORD = "canary-mail/pa+ss";
const pair = selfSigned("mail.example");

beforeAll(async () => {
  vi.stubEnv("DATA_DIR", folder);
  vi.stubEnv("OUTBOUND_ALLOW", "test-sends=127.0.0.1");
  database = await startTestDatabase();
});
afterAll(async () => {
  await database.stop();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  ctx = await database.addTenant("admin");
});
afterEach(() => smarthost.stop());

interface Mail {
  more?: string;
  global?: string;
  to?: string;
}

async function mail({ more = "", global = "", to = "oncall@b.example" }: Mail) {
  const lines = [
    ...[`to: ${to}`, "from: am@a.example", `smarthost: 127.0.0.1:${smarthost.port}`],
    ...[`auth_username: ${USER}`, "html: ''", "text: 'Grüße {{ .CommonLabels.alertname }}'"],
    "headers: {Subject: '[{{ .Status }}] ä'}",
  ];
  const yaml = `email_configs:\n  - ${lines.join("\n    ")}\n${more.replace(/^(?=.)/gm, "    ")}`;
  const [result] = await sendTest(ctx, await draftOf(ctx, yaml, global));
  return result;
}

const TRUSTED = `tls_config: {server_name: mail.example, ca: ${JSON.stringify(pair.cert)}}\n`;

it("goes over STARTTLS with PLAIN, as the builder writes it", async () => {
  smarthost = await startSmarthost(PASSWORD, pair);
  const result = await mail({ more: `auth_password: ${PASSWORD}\n${TRUSTED}` });
  expect(result).toMatchObject({ outcome: "delivered", note: "" });
  expect(result?.requests).toMatchObject([
    { method: "SMTP", host: `127.0.0.1:${smarthost.port}`, status: 250, response: "250 queued as 4711" },
  ]);
  const [received] = smarthost.received;
  expect(received).toMatchObject({ from: "am@a.example", to: ["oncall@b.example"], secure: true, auth: "PLAIN" });
  const data = received?.data ?? "";
  expect(data).toContain("Subject: =?utf-8?q?[firing]_=C3=A4?=\r\n");
  expect(data).toMatch(/^Message-Id: <\d+\.\d+@[^>]+>\r$/m);
  expect(data).toMatch(/^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000\r$/m);
  const boundary = /boundary=(\w{60})\r/.exec(data)?.[1];
  expect(data.split(`--${boundary}\r\n`)).toHaveLength(2);
  expect(data).toMatch(new RegExp(`--${boundary}--\r\n$`));
  expect(data).toContain("Gr=C3=BC=C3=9Fe [TEST] SignalboxTest");
  expect(data).not.toMatch(/VOLATILE|BOUNDARY/);
});

it("goes over TLS from the start, with what global says", async () => {
  smarthost = await startSmarthost(PASSWORD, { ...pair, secure: true, authMethods: ["LOGIN"] });
  const global = `global:\n  smtp_auth_password: ${PASSWORD}\n  smtp_force_implicit_tls: true\n`;
  const result = await mail({ global, more: "tls_config: {insecure_skip_verify: true}\n" });
  expect(result).toMatchObject({ outcome: "delivered" });
  expect(smarthost.received).toMatchObject([{ secure: true, auth: "LOGIN" }]);
});

it("signs in with CRAM-MD5 where there is a secret", async () => {
  smarthost = await startSmarthost(PASSWORD, { ...pair, authMethods: ["PLAIN", "CRAM-MD5"] });
  expect(await mail({ more: `auth_secret: ${PASSWORD}\n${TRUSTED}` })).toMatchObject({ outcome: "delivered" });
  expect(smarthost.methods).toEqual(["CRAM-MD5"]);
});

it("speaks in clear only where the configuration says so", async () => {
  smarthost = await startSmarthost(PASSWORD, { hideSTARTTLS: true, allowInsecureAuth: true });
  const secret = `auth_password: ${PASSWORD}\n`;
  const refused = await mail({ more: secret });
  expect(refused).toMatchObject({ outcome: "retry", requests: [{ next: "retry", error: { reason: "tls" } }] });
  expect(smarthost.received).toEqual([]);
  expect(await mail({ more: `${secret}require_tls: false\n` })).toMatchObject({ outcome: "delivered" });
  expect(smarthost.received).toMatchObject([{ secure: false, auth: "PLAIN" }]);
  vi.stubEnv("REQUIRE_TLS", "yes");
  const inClear = await mail({ more: `${secret}require_tls: false\n` });
  expect(JSON.stringify(inClear)).toContain("REQUIRE_TLS is set");
  expect(inClear?.outcome).not.toBe("delivered");
  vi.stubEnv("REQUIRE_TLS", "no");
  expect(smarthost.received).toHaveLength(1);
});

it("trusts nobody who was not named", async () => {
  smarthost = await startSmarthost(PASSWORD, pair);
  const result = await mail({ more: `auth_password: ${PASSWORD}\n` });
  expect(result).toMatchObject({ outcome: "retry", requests: [{ status: null, error: { reason: "tls" } }] });
  expect(smarthost.methods).toEqual([]);
});

it("a wrong password, and a mailbox that is not there, are told without the password", async () => {
  smarthost = await startSmarthost("another", { ...pair, refuses: "nobody@b.example" });
  const wrong = await mail({ more: `auth_password: ${PASSWORD}\n${TRUSTED}` });
  expect(wrong).toMatchObject({ outcome: "retry", requests: [{ status: 535, error: { reason: "protocol" } }] });
  expect(wrong?.requests[0]?.response).toContain("••••");
  expect(JSON.stringify(wrong)).not.toContain(PASSWORD);
  const half = await mail({ more: `auth_password: another\n${TRUSTED}`, to: "a@b.example, nobody@b.example" });
  expect(half).toMatchObject({ outcome: "retry", note: expect.stringContaining("nobody@b.example") });
});

it("is refused before connecting where the address may not be called", async () => {
  smarthost = await startSmarthost(PASSWORD, pair);
  vi.stubEnv("OUTBOUND_ALLOW", "targets=127.0.0.1");
  const result = await mail({ more: `auth_password: ${PASSWORD}\n` });
  vi.stubEnv("OUTBOUND_ALLOW", "test-sends=127.0.0.1");
  expect(result).toMatchObject({ outcome: "refused", requests: [{ error: { reason: "refused" } }] });
});
