import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { OPERATIONS } from "@/app/api/operations";
import { ApiPerson, Refused, tokenOf } from "../../lib/testing/api-person";
import { ownerUrl } from "../../lib/testing/bench/saves";
import { placesOf } from "../../lib/testing/canary";
import { heapOf, withHeapSnapshots } from "../../lib/testing/heap-of-app";
import { type RunningApp, startApp } from "../../lib/testing/running-app";
import { startHttpSink } from "../fakes/http-sink";

const word = () => randomBytes(15).toString("hex");
/** In a receiver's address, which is published and tested. */
const SECRET = `canary-${word()}`;
/** Typed into a page. */
const TYPED = `canary-${word()}`;
const ADDRESS = `canary-${word()}@people.example`;

const personal: { table: string; column: string }[] = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../../lib/privacy/personal-columns.json"), "utf8"),
);

let folder: string;
let app: RunningApp;
let sink: Awaited<ReturnType<typeof startHttpSink>>;
let admin: ApiPerson;
/** Ids that stand in for the parameters of operations. */
const known = new Map<string, string[]>();

test.describe.configure({ mode: "serial" });
test.setTimeout(180_000);

test.beforeAll(async () => {
  test.setTimeout(180_000);
  folder = mkdtempSync(path.join(path.dirname(String(test.info().config.metadata.targets)), "canary-"));
  sink = await startHttpSink();
  app = await startApp(
    folder,
    {
      LOG_LEVEL: "trace",
      OUTBOUND_ALLOW: "targets=127.0.0.1; test-sends=127.0.0.1",
      ...withHeapSnapshots(folder),
    },
    { keepOutput: true },
  );
  admin = await ApiPerson.signIn(app.base, app.token ?? "");
});
test.afterAll(async () => {
  await app?.stop();
  await sink?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("a secret is imported, tested and published; somebody is invited, comes in, and is mistaken in their password", async () => {
  const file = path.join(folder, "targets/demo/alertmanager.yml");
  mkdirSync(path.dirname(file), { recursive: true });
  const { tenants } = await admin.call<{ tenants: { id: string; slug: string }[] }>("GET", "/api/platform/tenants");
  const tenantId = tenants.find(({ slug }) => slug === "demo")?.id ?? "";
  const target = { kind: "file", tenantId, name: "file", path: file, version: "0.28.0" };
  const { id: targetId } = await admin.call<{ id: string }>("POST", "/api/platform/targets", { body: target });
  const yaml = `route: {receiver: a}\nreceivers: [{name: a, webhook_configs: [{url: "${sink.url}/${SECRET}"}]}]\n`;
  const { change } = await admin.call<{
    change: { id: string; document: { config: { receivers: { id: string }[] } } };
  }>("POST", "/api/demo/import", { body: { yaml, title: "Canary" } });
  const receiverId = change.document.config.receivers[0]?.id ?? "";
  await admin.call("POST", "/api/demo/test-sends", { body: { changeId: change.id, receiverId } });
  expect(sink.received.map((request) => request.path)).toEqual([`/${SECRET}`]);
  const { id: publication } = await admin.call<{ id: string }>("POST", `/api/demo/changes/${change.id}/publish`, {
    body: { comment: "canary" },
  });
  const statusOf = async () =>
    (await admin.call<{ status: string }>("GET", `/api/demo/publications/${publication}`)).status;
  await expect.poll(statusOf, { timeout: 60_000 }).toBe("unverified");
  expect(readFileSync(file, "utf8")).toContain(SECRET);

  const invited = { body: { email: ADDRESS, name: "Invited", role: "viewer" } };
  const { link } = await admin.call<{ link: string }>("POST", "/api/demo/members", invited);
  const guest = await ApiPerson.signIn(app.base, tokenOf(link));
  const me = await guest.call<{ id: string; email: string }>("GET", "/api/me");
  expect(me.email).toBe(ADDRESS);
  const { csrfToken } = await guest.call<{ csrfToken: string }>("GET", "/api/auth/csrf");
  const mistaken = { csrfToken, email: ADDRESS, password: "not the right one", json: "true" };
  await guest.call("POST", "/api/auth/callback/password", { form: mistaken }).catch(onlyRefused);
  await admin.call("PUT", `/api/demo/members/${me.id}`, { body: { role: "editor" } });
  known.set("tenant", ["demo"]).set("receiver", [receiverId]).set("number", ["1"]).set("version", ["0.28"]);
  known.set("id", [change.id, publication, targetId, me.id, tenantId]);
});

function onlyRefused(error: unknown): void {
  if (!(error instanceof Refused)) throw error;
}

test("neither lies in the database but where the schema says that it is personal", async () => {
  const found = await placesOf(ownerUrl(app.dataDir), { secret: SECRET, address: ADDRESS });
  expect(found.secret).toEqual([]);
  const told = personal.map(({ table, column }) => `${table}.${column}`);
  expect(found.address.length).toBeGreaterThan(0);
  expect(found.address.filter((place) => !told.includes(place))).toEqual([]);
  expect(found.address.filter((place) => /^(?:events|notices)\./.test(place))).toEqual([]);
});

test("no operation that reads answers with the secret, and no export of the log with either", async () => {
  let answered = 0;
  for (const { method, path: pattern } of OPERATIONS) {
    if (method !== "GET" || pattern.includes("/scim/")) continue;
    const ids = pattern.includes("{id}") ? (known.get("id") ?? []) : [""];
    for (const id of ids) {
      const where = pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
        name === "id" ? id : (known.get(name)?.[0] ?? "1"),
      );
      const text = await admin.call<unknown>("GET", where).then(
        (answer) => {
          answered += 1;
          return typeof answer === "string" ? answer : JSON.stringify(answer);
        },
        (error: unknown) => {
          onlyRefused(error);
          return String(error);
        },
      );
      expect.soft(text, where).not.toContain(SECRET);
      if (/\/audit\/(?:export|csv)$/.test(pattern)) expect.soft(text, where).not.toContain(ADDRESS);
    }
  }
  expect(answered).toBeGreaterThan(40);
});

test("a browser keeps nothing of a secret that was typed into it", async ({ page, context }) => {
  await context.addCookies([...admin.cookies].map(([name, value]) => ({ name, value, url: app.base })));
  await page.goto(`${app.base}/demo/receivers`);
  await page.getByRole("button", { name: "New receiver" }).click();
  await page.getByLabel("Name", { exact: true }).fill("typed");
  await page.getByLabel("First integration").selectOption("slack_configs");
  await page.getByRole("button", { name: "Create" }).click();
  await expect(page).toHaveURL(/\/demo\/receivers\/[0-9a-f-]{36}/);
  await page.locator("input[type=password]").fill(`https://hooks.slack.example/services/${TYPED}`);
  await page.getByRole("button", { name: "Set", exact: true }).click();
  await expect(page.getByText("Secret", { exact: true })).toBeVisible();
  await expect.poll(() => page.evaluate(() => Object.keys(localStorage).join())).toContain("signalbox.");
  const kept = await page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name);
    const caches = await window.caches.keys();
    return JSON.stringify({ local: { ...localStorage }, session: { ...sessionStorage }, databases, caches });
  });
  expect(JSON.parse(kept)).toMatchObject({ databases: [], caches: [] });
  const everything = kept + JSON.stringify(await context.storageState({ indexedDB: true })) + (await page.content());
  expect(everything).not.toContain(TYPED);
  expect(everything).not.toContain(ADDRESS);
});

test("once all that is done, the memory of the process holds no secret", async () => {
  const live = { changeId: null, receiverId: known.get("receiver")?.[0] ?? "" };
  await admin.call("POST", "/api/demo/test-sends", { body: live });
  const held = readFileSync(await heapOf(app, folder));
  expect(held.includes(known.get("id")?.[4] ?? "")).toBe(true);
  expect(held.includes(SECRET)).toBe(false);
});

test("nothing that the processes said holds a secret or the address", async () => {
  const said = app.output();
  expect(said).toContain('"msg":"answered"');
  for (const canary of [SECRET, TYPED, ADDRESS]) expect(said.includes(canary)).toBe(false);
  const log = readFileSync(path.join(app.dataDir, "postgres.log"), "utf8");
  for (const canary of [SECRET, TYPED, ADDRESS]) expect(log.includes(canary)).toBe(false);
  const found = await placesOf(ownerUrl(app.dataDir), { typed: TYPED });
  expect(found.typed).toEqual([]);
});
