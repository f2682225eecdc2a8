import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { crc32, inflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Config, ConfigDocument } from "@/lib/alertmanager";
import {
  abandonChange,
  createRevision,
  getChange,
  getRevision,
  importConfiguration,
  listRevisions,
  openChange,
  rebaseChange,
  recordOutcome,
  restoreRevision,
  saveDocument,
} from "@/lib/configuration";
import type { ChangeDto } from "@/lib/configuration/contract";
import { changeHistorySettings, createTap, receiveAlerts, retentionDays } from "@/lib/history";
import { rounds } from "@/lib/observability";
import { editTenant, findTenants, suspendTenant, type TenantContext } from "@/lib/tenancy";
import type { Feature, Quota } from "@/lib/tenancy/tiers/contract";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { exportTenant, readHealth, usageOf } from ".";
import { fullest } from "./contract";
import { measureUsage } from "./measure";
import { startOperationsWorker } from "./start-operations-worker";

let database: TestDatabase;
let folder: string;
const dataDir = process.env.DATA_DIR;
const operator = { personId: randomUUID(), isOperator: true, requestId: "r" };
beforeAll(async () => {
  database = await startTestDatabase();
  folder = mkdtempSync(path.join(tmpdir(), "signalbox-operations-"));
  process.env.DATA_DIR = folder;
});
afterAll(async () => {
  await database.stop();
  if (dataDir === undefined) delete process.env.DATA_DIR;
  else process.env.DATA_DIR = dataDir;
  rmSync(folder, { recursive: true, force: true });
});

const allow = (
  ctx: TenantContext,
  quotas: Partial<Record<Quota, number>>,
  features: Partial<Record<Feature, boolean>> = {},
) => editTenant(operator, { tenantId: ctx.tenantId, tier: "professional", overrides: { quotas, features } });

async function limited(quotas: Partial<Record<Quota, number>>): Promise<TenantContext> {
  const ctx = await database.addTenant("admin");
  await allow(ctx, quotas);
  return ctx;
}

const refused = (quota: Quota, used: number, limit: number) => ({
  code: "quota_exceeded",
  details: expect.objectContaining({ quota, used, limit }),
});

const yamlOf = (receivers: number, routes = 0) =>
  [
    "route:",
    "  receiver: r0",
    ...(routes > 0 ? ["  routes:"] : []),
    ...Array.from({ length: routes }, (_, n) => `    - receiver: r0\n      matchers: ['n="${n}"']`),
    "receivers:",
    ...Array.from(
      { length: receivers },
      (_, n) => `  - name: r${n}\n    webhook_configs:\n      - url: https://h.example/${n}`,
    ),
  ].join("\n");

/** `change` with `edit` made to its configuration. */
async function save(ctx: TenantContext, change: ChangeDto, edit: (document: ConfigDocument) => ConfigDocument) {
  const { version, document } = await getChange(ctx, { id: change.id });
  return saveDocument(
    ctx,
    { id: change.id, document: { ...edit(document), source: null } },
    { expectedVersion: version },
  );
}

const withReceivers = (count: number) => (document: ConfigDocument) => {
  const first = document.config.receivers?.[0];
  if (!first) throw new Error("there is no receiver");
  const receivers = Array.from({ length: count }, (_, n) =>
    n === 0 ? first : { id: `x${n}`, name: `x${n}`, webhook_configs: [{ id: `w${n}`, url: `https://h.example/${n}` }] },
  );
  return { ...document, config: { ...document.config, receivers } as Config };
};

async function publish(ctx: TenantContext, change: ChangeDto): Promise<number> {
  const { revision } = await createRevision(ctx, { changeId: change.id });
  await recordOutcome(ctx, { id: change.id, revision, published: true });
  return revision;
}

describe("what a configuration may hold", () => {
  test("as many receivers as the limit, by saving, importing, restoring and rebasing; fewer always", async () => {
    const ctx = await limited({ receivers: 3 });
    const { change } = await importConfiguration(ctx, { yaml: yamlOf(3) });
    await expect(importConfiguration(ctx, { yaml: yamlOf(4) })).rejects.toMatchObject(refused("receivers", 0, 3));
    await expect(save(ctx, change, withReceivers(4))).rejects.toMatchObject({
      ...refused("receivers", 3, 3),
      message: expect.stringMatching(/has 3 of 3 receivers; one more would be too many/),
    });
    const full = await publish(ctx, change);

    const small = await openChange(ctx, {});
    await save(ctx, small, withReceivers(1));
    await publish(ctx, small);
    await allow(ctx, { receivers: 2 });
    await expect(restoreRevision(ctx, { number: full })).rejects.toMatchObject(refused("receivers", 1, 2));

    // Two who each stay within the limit, and together do not.
    const [mine, theirs] = [await openChange(ctx, {}), await openChange(ctx, {})];
    const another = (name: string) => (document: ConfigDocument) => ({
      ...document,
      config: {
        ...document.config,
        receivers: [
          ...(document.config.receivers ?? []),
          { id: name, name, webhook_configs: [{ id: `w-${name}`, url: "https://h.example/" }] },
        ],
      } as Config,
    });
    await save(ctx, mine, another("mine"));
    await save(ctx, theirs, another("theirs"));
    await publish(ctx, theirs);
    const { version } = await getChange(ctx, { id: mine.id });
    await expect(rebaseChange(ctx, { id: mine.id }, { expectedVersion: version })).rejects.toMatchObject(
      refused("receivers", 2, 2),
    );
    await expect(createRevision(ctx, { changeId: mine.id })).rejects.toMatchObject(refused("receivers", 2, 2));

    // A limit below what is live: it stays, may be opened, changed and made less, never more.
    await allow(ctx, { receivers: 1 });
    const over = await openChange(ctx, {});
    await expect(save(ctx, over, withReceivers(3))).rejects.toMatchObject(refused("receivers", 2, 1));
    await save(ctx, over, withReceivers(2));
    await save(ctx, over, withReceivers(1));
    await publish(ctx, over);
  });

  test("integrations, routes, template files and their size", async () => {
    const ctx = await limited({ integrations: 2, routes: 2, templates: 1, templateBytes: 10 });
    await expect(importConfiguration(ctx, { yaml: yamlOf(3) })).rejects.toMatchObject(refused("integrations", 0, 2));
    await expect(importConfiguration(ctx, { yaml: yamlOf(1, 3) })).rejects.toMatchObject(refused("routes", 0, 2));
    const { change } = await importConfiguration(ctx, { yaml: yamlOf(2, 2) });
    const withTemplates =
      (...contents: string[]) =>
      (document: ConfigDocument) => ({
        ...document,
        templates: contents.map((content, n) => ({ name: `${n}.tmpl`, content })),
      });
    await expect(save(ctx, change, withTemplates("a", "b"))).rejects.toMatchObject(refused("templates", 0, 1));
    await expect(save(ctx, change, withTemplates("äöüäöü"))).rejects.toMatchObject(refused("templateBytes", 0, 10));
    await save(ctx, change, withTemplates("äöüäö"));
    expect((await usageOf(ctx)).uses).toMatchObject({
      integrations: { used: 2, limit: 2 },
      routes: { used: 2, limit: 2 },
      templates: { used: 1, limit: 1 },
      templateBytes: { used: 10, limit: 10 },
      openChanges: { used: 1, limit: 200 },
      apiRate: { used: 0 },
      auditDays: { used: null },
    });
  });

  test("open changes, however they are opened; an end makes room", async () => {
    const ctx = await limited({ openChanges: 2 });
    const first = await openChange(ctx, {});
    await importConfiguration(ctx, { yaml: yamlOf(1) });
    await expect(openChange(ctx, {})).rejects.toMatchObject(refused("openChanges", 2, 2));
    await expect(importConfiguration(ctx, { yaml: yamlOf(1) })).rejects.toMatchObject(refused("openChanges", 2, 2));
    await abandonChange(ctx, { id: first.id });
    await openChange(ctx, {});
  });

  test("the oldest revisions lose their content, but for what is live and what an open change began from", async () => {
    const ctx = await limited({ revisions: 2 });
    const numbers: number[] = [];
    for (let n = 1; n <= 2; n++)
      numbers.push(await publish(ctx, (await importConfiguration(ctx, { yaml: yamlOf(n) })).change));
    const waiting = await openChange(ctx, {});
    for (let n = 3; n <= 5; n++)
      numbers.push(await publish(ctx, (await importConfiguration(ctx, { yaml: yamlOf(n) })).change));
    expect(numbers).toEqual([1, 2, 3, 4, 5]);
    const readable = async () => {
      const all = await Promise.all(
        numbers.map((number) =>
          getRevision(ctx, { number }).then(
            () => number,
            (error: { code: string; message: string }) => {
              expect(error).toMatchObject({ code: "not_found", message: /no longer kept/ });
              return 0;
            },
          ),
        ),
      );
      return all.filter(Boolean);
    };
    expect(await readable()).toEqual([2, 4, 5]);
    expect((await listRevisions(ctx, {})).map(({ number, sha256 }) => [number, sha256.length])).toEqual(
      [5, 4, 3, 2, 1].map((number) => [number, 64]),
    );
    await expect(restoreRevision(ctx, { number: 1 })).rejects.toMatchObject({ code: "not_found" });
    await abandonChange(ctx, { id: waiting.id });
    await publish(ctx, (await importConfiguration(ctx, { yaml: yamlOf(6) })).change);
    expect(await readable()).toEqual([5]);
    const [log] = await database.asOwner<{ n: number }>(
      "SELECT count(*)::int AS n FROM events WHERE tenant_id = $1 AND type = 'ChangeFrozen'",
      [ctx.tenantId],
    );
    expect(log?.n).toBe(6);
  });
});

describe("alerts", () => {
  const body = (count: number) =>
    JSON.stringify(Array.from({ length: count }, (_, n) => ({ labels: { alertname: `a${n}` } })));

  test("days of history: what is set is capped, and so is what holds", async () => {
    const ctx = await limited({ historyDays: 60 });
    await changeHistorySettings(ctx, { retentionDays: 60, pollTargets: false });
    await expect(changeHistorySettings(ctx, { retentionDays: 61, pollTargets: false })).rejects.toMatchObject(
      refused("historyDays", 60, 60),
    );
    await allow(ctx, { historyDays: 10 });
    expect(await retentionDays(ctx, undefined)).toBe(10);
    await changeHistorySettings(ctx, { retentionDays: 9, pollTargets: true });
  });

  test("a tap takes as many as the tier includes, none without the feature, none while suspended", async () => {
    const ctx = await limited({ tapRate: 60 });
    await createTap(ctx, { name: "one" });
    expect(await receiveAlerts(ctx.tenantId, body(60))).toBeNull();
    // As many again would take a minute; one would come in with the next second.
    await expect(receiveAlerts(ctx.tenantId, body(60))).rejects.toMatchObject({
      code: "rate_limited",
      details: { retryAfter: expect.any(Number), limit: 60 },
    });
    expect((await usageOf(ctx)).uses.tapRate.used).toBeGreaterThan(0);
    await allow(ctx, {}, { taps: false });
    await expect(createTap(ctx, { name: "two" })).rejects.toMatchObject({ code: "feature_missing" });
    await expect(receiveAlerts(ctx.tenantId, body(1))).rejects.toMatchObject({ code: "feature_missing" });
    await allow(ctx, {});
    await suspendTenant(operator, { tenantId: ctx.tenantId });
    await expect(receiveAlerts(ctx.tenantId, body(1))).rejects.toMatchObject({ code: "tenant_suspended" });
  });
});

test("how full tenants are is measured in the background, and again when they wrote", async () => {
  const ctx = await limited({ receivers: 4 });
  const { change } = await importConfiguration(ctx, { yaml: yamlOf(3) });
  const seen = async () =>
    (await findTenants({ ids: [ctx.tenantId], sort: "usage" })).tenants.map(({ usage }) => [
      usage?.share,
      usage?.quota,
    ]);
  expect(await seen()).toEqual([[undefined, undefined]]);
  const errors: unknown[] = [];
  await measureUsage((error) => errors.push(error));
  expect(await seen()).toEqual([[0.75, "receivers"]]);
  expect(await measureUsage((error) => errors.push(error))).toBe(0);
  await save(ctx, change, withReceivers(4));
  expect(await measureUsage((error) => errors.push(error))).toBe(1);
  expect(await seen()).toEqual([[1, "receivers"]]);
  expect(errors).toEqual([]);
});

test("the worker of a process does so by itself, begins at once, and ends when it is told to", async () => {
  const ctx = await limited({ receivers: 10 });
  await importConfiguration(ctx, { yaml: yamlOf(4) });
  const worker = startOperationsWorker();
  const measured = () =>
    database.asOwner<{ used: Record<string, number> }>("SELECT used FROM tenant_usage WHERE tenant_id = $1", [
      ctx.tenantId,
    ]);
  await expect.poll(measured, { timeout: 60_000 }).toMatchObject([{ used: { receivers: 4 } }]);
  await worker.stop();
  const names = rounds().map(({ name, lastError }) => [name, lastError]);
  for (const name of ["usage", "purge", "directory", "archive", "key-uses", "keys"])
    expect(names).toContainEqual([name, null]);
});

test("the fullest is the one nearest to its limit; a limit of none counts as soon as something is there", () => {
  const none = Object.fromEntries(
    ["members", "receivers", "integrations", "routes", "templates", "templateBytes"].map((quota) => [
      quota,
      { used: 0, limit: null },
    ]),
  );
  const rest = Object.fromEntries(
    ["openChanges", "revisions", "historyDays", "auditDays", "tapRate", "apiRate", "testSends"].map((quota) => [
      quota,
      { used: null, limit: 5 },
    ]),
  );
  const uses = { ...none, ...rest } as Parameters<typeof fullest>[0];
  expect(fullest(uses)).toEqual({ quota: null, share: 0 });
  expect(fullest({ ...uses, members: { used: 3, limit: 4 }, routes: { used: 1, limit: 2 } })).toEqual({
    quota: "members",
    share: 0.75,
  });
  expect(fullest({ ...uses, apiRate: { used: 9, limit: 9 } })).toEqual({ quota: null, share: 0 });
  expect(fullest({ ...uses, templates: { used: 1, limit: 0 } })).toEqual({ quota: "templates", share: 1 });
});

test("an export is a ZIP file that others can read, with revisions, members and the log, and without secrets", async () => {
  const ctx = await database.addTenant("admin");
  const yaml = `${yamlOf(1)}\n        http_config:\n          bearer_token: very-secret-token\n`;
  await publish(ctx, (await importConfiguration(ctx, { yaml })).change);
  const { name, body } = await exportTenant(operator, ctx.tenantId);
  expect(name).toMatch(/^t-[0-9a-f]{8}-\d{4}-\d\d-\d\d\.zip$/);
  const files = unzip(Buffer.from(await new Response(body).arrayBuffer()));
  expect(Object.keys(files)).toEqual([
    "tenant.json",
    "members.json",
    "changes.json",
    "revisions.json",
    "revisions/00001/document.json",
    "revisions/00001/alertmanager.yml",
    "audit.jsonl",
  ]);
  expect(files["revisions/00001/alertmanager.yml"]).toContain("name: r0");
  const log = (files["audit.jsonl"] ?? "")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { position: number; type: string });
  expect(log.map(({ position }) => position)).toEqual(log.map((_, index) => index + 1));
  expect(log.at(-1)?.type).toBe("TenantExported");
  expect(JSON.stringify(files)).not.toContain("very-secret-token");
});

/** As an unpacker does: from the end to the directory, from there to each file, whose checksum must be right. */
function unzip(bytes: Buffer): Record<string, string> {
  const end = bytes.length - 22;
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
  const files: Record<string, string> = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    const [nameLength, extra] = [bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30)];
    const local = bytes.readUInt32LE(at + 42);
    expect(bytes.readUInt32LE(local)).toBe(0x04034b50);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = inflateRawSync(bytes.subarray(from, from + bytes.readUInt32LE(at + 20)));
    expect([content.length, crc32(content)]).toEqual([bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 16)]);
    files[bytes.toString("utf8", at + 46, at + 46 + nameLength)] = content.toString();
    at += 46 + nameLength + extra;
  }
  expect(at).toBe(end);
  return files;
}

test("health says how the database, migrations, keys and publications are", async () => {
  const before = await readHealth();
  const { tenantId } = await database.addTenant("admin");
  await suspendTenant(operator, { tenantId });
  const health = await readHealth();
  expect(health).toMatchObject({
    database: { ok: true },
    migrations: { ok: true },
    publishing: { open: 0 },
    failures: [],
  });
  expect(health.database.bytes).toBeGreaterThan(1_000_000);
  expect(health.tenants).toEqual({ ...before.tenants, suspended: before.tenants.suspended + 1 });
});
