import { createHmac, randomUUID } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { withTenant } from "@/lib/database";
import { setMailLanguage, type TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { addPerson } from "@/lib/testing/review-world";
import { startSmarthost } from "@/lib/testing/smarthost";
import {
  getWebhook,
  listNotices,
  markNoticesRead,
  notify,
  removeWebhook,
  setNoticePreference,
  setWebhook,
  startNoticeWorker,
} from ".";
import { waitAfter } from "./start-notice-worker";

interface Delivered {
  headers: IncomingHttpHeaders;
  body: string;
}

let database: TestDatabase;
let server: Server;
let url: string;
let answer: number;
let delivered: Delivered[];
let anne: TenantContext;
let bert: TenantContext;

beforeAll(async () => {
  database = await startTestDatabase();
  vi.stubEnv("OUTBOUND_ALLOW", "notices=127.0.0.1");
  vi.stubEnv("LOG_LEVEL", "silent");
  vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:9");
  vi.stubEnv("MAIL_FROM", "signalbox@x.example");
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += chunk;
    });
    request.on("end", () => {
      delivered.push({ headers: request.headers, body });
      response.writeHead(answer).end("ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  server.close();
  vi.unstubAllEnvs();
  await database.stop();
});
beforeEach(async () => {
  delivered = [];
  answer = 204;
  const tenant = await database.addTenant("admin");
  anne = await addPerson(database, tenant, "admin", "Anne");
  bert = await addPerson(database, tenant, "viewer", "Bert");
});
afterEach(() => database.asOwner("DELETE FROM notice_outbox"));

const DATA = { changeId: randomUUID(), number: 7, title: "Quiet nights", detail: "Please." };

async function tell(to: readonly TenantContext[], ctx = anne): Promise<void> {
  await withTenant(ctx.tenantId, (tx) =>
    notify(
      { tx, directory: tx, ctx, now: new Date() },
      { kind: "review_requested", to: to.map(({ actor }) => actor.id), data: { ...DATA, by: ctx.actor.id } },
    ),
  );
}

type Row = { channel: string; person_id: string | null; attempts: number; error: string | null };
const outbox = () =>
  database.asOwner<Row>("SELECT channel, person_id, attempts, error FROM notice_outbox WHERE tenant_id = $1", [
    anne.tenantId,
  ]);

async function working(until: () => Promise<void>): Promise<void> {
  const worker = startNoticeWorker({ pollMs: 20 });
  try {
    await until();
  } finally {
    await worker.stop();
  }
}

describe("in the app", () => {
  it("tells members, each once, and nobody else, what was told to them in this tenant", async () => {
    const elsewhere = await addPerson(database, await database.addTenant("admin"), "admin", "Carla");
    await tell([bert, bert, elsewhere]);
    expect(await listNotices(bert, {})).toMatchObject({
      unread: 1,
      notices: [{ kind: "review_requested", byName: "Anne", title: "Quiet nights", read: false }],
    });
    expect(await listNotices(anne, {})).toEqual({ unread: 0, notices: [] });
    expect(await listNotices(elsewhere, {})).toEqual({ unread: 0, notices: [] });
    const stranger = { ...elsewhere, actor: bert.actor };
    expect(await listNotices(stranger, {})).toEqual({ unread: 0, notices: [] });
  });

  it("is read by whoever it was for, some or all", async () => {
    for (const _ of [1, 2, 3]) await tell([bert]);
    const [first] = (await listNotices(bert, {})).notices;
    expect((await markNoticesRead(anne, { ids: [first!.id] })).unread).toBe(0);
    expect((await listNotices(bert, {})).unread).toBe(3);
    expect((await markNoticesRead(bert, { ids: [first!.id] })).unread).toBe(2);
    expect((await markNoticesRead(bert, { all: true })).unread).toBe(0);
    const logged = await database.asOwner("SELECT type FROM events WHERE tenant_id = $1", [anne.tenantId]);
    expect(logged).toEqual([]);
  });
});

describe("mails", () => {
  it("go to those who did not say otherwise", async () => {
    expect(await setNoticePreference(bert, { mail: false })).toEqual({ mail: false, mailPossible: true });
    await tell([anne, bert]);
    expect(await outbox()).toMatchObject([{ channel: "mail", person_id: anne.actor.id }]);
  });

  it("wait in the outbox while nobody takes them", async () => {
    await tell([bert]);
    await working(() => expect.poll(async () => (await outbox())[0]?.error, { timeout: 10_000 }).toBeTruthy());
    expect(await outbox()).toMatchObject([{ attempts: 1, person_id: bert.actor.id }]);
  });
});

it("a mail is written in the tenant's language to whom nobody knows, and in theirs to others", async () => {
  const smarthost = await startSmarthost("x", { hideSTARTTLS: true });
  vi.stubEnv("SMTP_URL", `smtp://127.0.0.1:${smarthost.port}`);
  vi.stubEnv("OUTBOUND_ALLOW", "mail=127.0.0.1");
  await setMailLanguage(anne, { language: "fr" });
  await database.asOwner("UPDATE people SET language = 'de' WHERE id = $1", [anne.actor.id]);
  await tell([anne, bert]);
  await working(() => expect.poll(() => smarthost.received.length, { timeout: 20_000 }).toBe(2));
  expect(smarthost.received.filter(({ data }) => /Welche Mails Sie/.test(data))).toHaveLength(1);
  expect(smarthost.received.filter(({ data }) => /cloche/.test(data))).toHaveLength(1);
  vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:9");
  vi.stubEnv("OUTBOUND_ALLOW", "notices=127.0.0.1");
  await smarthost.stop();
});

describe("a webhook", () => {
  it("gets what happened, signed with the secret that was told once", async () => {
    const { secret } = await setWebhook(anne, { url }, { expectedVersion: 0 });
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await getWebhook(anne, {})).toEqual({ version: 1, url, last: null });
    await setNoticePreference(bert, { mail: false });
    await tell([bert]);
    await working(() => expect.poll(() => delivered.length, { timeout: 10_000 }).toBe(1));
    const [{ headers, body }] = delivered as [Delivered];
    const signed = createHmac("sha256", secret!).update(`${headers["x-signalbox-timestamp"]}.${body}`).digest("hex");
    expect(headers["x-signalbox-signature"]).toBe(`sha256=${signed}`);
    expect(JSON.parse(body)).toMatchObject({
      id: headers["x-signalbox-delivery"],
      kind: "review_requested",
      title: "Quiet nights",
      tenant: anne.tenantSlug,
      url: expect.stringContaining(`/${anne.tenantSlug}/changes/${DATA.changeId}`),
    });
    expect((await getWebhook(anne, {})).last).toMatchObject({ status: 204, error: null });
    expect(await outbox()).toEqual([]);
  });

  it("is asked again when it refused, with the same delivery, until it takes it", async () => {
    await setWebhook(anne, { url }, { expectedVersion: 0 });
    await setNoticePreference(bert, { mail: false });
    answer = 500;
    await tell([bert]);
    await working(async () => {
      await expect.poll(async () => (await outbox())[0]?.error, { timeout: 10_000 }).toContain("500");
      expect((await getWebhook(anne, {})).last).toMatchObject({ status: 500 });
      answer = 200;
      await database.asOwner("UPDATE notice_outbox SET next_at = now()");
      await expect.poll(outbox, { timeout: 10_000 }).toEqual([]);
    });
    expect(new Set(delivered.map(({ headers }) => headers["x-signalbox-delivery"])).size).toBe(1);
    expect(delivered).toHaveLength(2);
  });

  it("at a private address is not called unless an operator said so", async () => {
    await setWebhook(anne, { url }, { expectedVersion: 0 });
    await setNoticePreference(bert, { mail: false });
    vi.stubEnv("OUTBOUND_ALLOW", "targets=127.0.0.1");
    try {
      await tell([bert]);
      await working(() =>
        expect.poll(async () => (await outbox())[0]?.error, { timeout: 10_000 }).toContain("OUTBOUND_ALLOW"),
      );
    } finally {
      vi.stubEnv("OUTBOUND_ALLOW", "notices=127.0.0.1");
    }
    expect(delivered).toEqual([]);
  });

  it("is set and removed by admins alone, with the version that they saw", async () => {
    await expect(setWebhook(bert, { url }, { expectedVersion: 0 })).rejects.toMatchObject({ code: "forbidden" });
    await expect(getWebhook(bert, {})).rejects.toMatchObject({ code: "forbidden" });
    await setWebhook(anne, { url }, { expectedVersion: 0 });
    const stale = setWebhook(anne, { url: `${url}2` }, { expectedVersion: 0 });
    await expect(stale).rejects.toMatchObject({ code: "stale_version" });
    const secret = setWebhook(anne, { url: "https://user:hush@x.example" }, { expectedVersion: 1 });
    await expect(secret).rejects.toMatchObject({ code: "invalid_input" });
    const again = await setWebhook(anne, { url, newSecret: true }, { expectedVersion: 1 });
    expect(again.secret).toMatch(/^[0-9a-f]{64}$/);
    await removeWebhook(anne);
    expect(await getWebhook(anne, {})).toMatchObject({ url: null });
  });
});

it("waits longer after each refusal, and never longer than six hours", () => {
  const waits = Array.from({ length: 12 }, (_, index) => waitAfter(index + 1));
  expect(waits.slice(0, 3)).toEqual([15, 30, 60]);
  expect(Math.max(...waits)).toBeLessThanOrEqual(6 * 3600);
  expect(waits).toEqual(waits.toSorted((one, other) => one - other));
});
