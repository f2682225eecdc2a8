import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { parseEnv } from "@/lib/env";
import { selfSigned } from "@/lib/testing/certificate";
import { startSmarthost, USER } from "@/lib/testing/smarthost";
import { mailConfigured, sendMail } from "./index";

const PASSWORD = "canary-pa+ss/word";
let smarthost: Awaited<ReturnType<typeof startSmarthost>>;

function settings(url: string, allow = "mail=127.0.0.1") {
  vi.stubEnv("SMTP_URL", url);
  vi.stubEnv("MAIL_FROM", "Signalbox <signalbox@a.example>");
  vi.stubEnv("OUTBOUND_ALLOW", allow);
  vi.stubEnv("LOG_LEVEL", "silent");
}
const mail = { to: "ann@b.example", subject: "Grüße [demo]", text: "Erste Zeile\nhttp://x.example/é\n" };

beforeEach(async () => {
  smarthost = await startSmarthost(PASSWORD, selfSigned("mail.example"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await smarthost.stop();
});

it("brings a mail to the smarthost", async () => {
  expect(mailConfigured()).toBe(false);
  await smarthost.stop();
  smarthost = await startSmarthost(PASSWORD, { hideSTARTTLS: true });
  settings(`smtp://127.0.0.1:${smarthost.port}`);
  expect(mailConfigured()).toBe(true);
  await sendMail(mail);
  const [received] = smarthost.received;
  expect(received).toMatchObject({ from: "signalbox@a.example", to: ["ann@b.example"] });
  expect(received?.data).toContain("From: Signalbox <signalbox@a.example>\r\nTo: ann@b.example\r\n");
  expect(received?.data).toContain("Auto-Submitted: auto-generated\r\n");
  expect(received?.data).toMatch(/\r\nSubject: =\?UTF-8\?Q\?Gr=C3=BC=C3=9Fe/i);
  expect(received?.data).toContain("http://x.example/=C3=A9");
});

it("says a password over TLS only", async () => {
  await smarthost.stop();
  smarthost = await startSmarthost(PASSWORD, { hideSTARTTLS: true, allowInsecureAuth: true });
  settings(`smtp://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${smarthost.port}`);
  await expect(sendMail(mail)).rejects.toMatchObject({ code: "mail_failed" });
  expect(smarthost.methods).toEqual([]);
});

it("says nothing at all in clear where TLS is required", async () => {
  await smarthost.stop();
  smarthost = await startSmarthost(PASSWORD, { hideSTARTTLS: true });
  settings(`smtp://127.0.0.1:${smarthost.port}`);
  vi.stubEnv("REQUIRE_TLS", "yes");
  await expect(sendMail(mail)).rejects.toMatchObject({ code: "mail_failed" });
  expect(smarthost.received).toEqual([]);
  vi.stubEnv("REQUIRE_TLS", "no");
  await sendMail(mail);
  expect(smarthost.received).toHaveLength(1);
});

it("trusts no certificate that nobody vouches for", async () => {
  settings(`smtp://${USER}:x@127.0.0.1:${smarthost.port}`);
  const failed = await sendMail(mail).catch((error: unknown) => error);
  expect(failed).toMatchObject({ code: "mail_failed" });
  expect(smarthost.received).toEqual([]);
});

it("asks the guarded door", async () => {
  settings(`smtp://127.0.0.1:${smarthost.port}`, "test-sends=127.0.0.1");
  await expect(sendMail(mail)).rejects.toMatchObject({ code: "outbound_refused" });
});

it.each([
  { to: "ann@b.example\r\nBcc: eve@c.example" },
  { to: "ann@b.example, eve@c.example" },
  { to: "Ann <ann@b.example>" },
  { subject: "Hello\r\nBcc: eve@c.example" },
  { subject: "Hello\n" },
  { subject: "" },
])("lets nothing become another header: %o", async (given) => {
  settings(`smtp://127.0.0.1:${smarthost.port}`);
  await expect(sendMail({ ...mail, ...given })).rejects.toMatchObject({ code: "invalid_input" });
  expect(smarthost.received).toEqual([]);
});

it("a text is a text, whatever stands in it", async () => {
  await smarthost.stop();
  smarthost = await startSmarthost(PASSWORD, { hideSTARTTLS: true });
  settings(`smtp://127.0.0.1:${smarthost.port}`);
  await sendMail({ ...mail, text: "\r\nBcc: eve@c.example\r\n.\r\nQUIT\r\n" });
  expect(smarthost.received).toMatchObject([{ to: ["ann@b.example"] }]);
  expect(smarthost.received[0]?.data).toContain("\r\n.\r\nQUIT");
});

it("settings are judged at the start", () => {
  expect(() => parseEnv({ SMTP_URL: "smtp://mail.example" })).toThrow(/MAIL_FROM: is not set/);
  expect(() => parseEnv({ SMTP_URL: "https://mail.example", MAIL_FROM: "a@b.example" })).toThrow(/SMTP_URL/);
  expect(() => parseEnv({ MAIL_FROM: "a@b.example\r\nBcc: x@y.example" })).toThrow(/MAIL_FROM/);
});
