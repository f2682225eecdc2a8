import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isSecretRef } from "@/lib/alertmanager";
import { readStream } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import type { ErrorCode } from "@/lib/errors";
import { openSecrets } from "@/lib/secrets";
import type { TenantContext } from "@/lib/tenancy";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import type { ChangeDto } from "./contract";
import { evolve } from "./decider";
import { DEMO_TEMPLATES, DEMO_YAML } from "./demo";
import { type ChangeEvent, NO_CHANGE } from "./events";
import {
  abandonChange,
  createRevision,
  deleteReceiver,
  getChange,
  getLive,
  getRevision,
  importConfiguration,
  listChanges,
  listRevisions,
  openChange,
  rebaseChange,
  recordOutcome,
  restoreRevision,
  retitleChange,
  saveDocument,
  saveReceiver,
  sealSecret,
  tenantSummary,
} from "./index";
import { documentOf, findChange } from "./rows";

let database: TestDatabase;
const folder = mkdtempSync(path.join(tmpdir(), "configuration-"));
const before = process.env.DATA_DIR;

beforeAll(async () => {
  process.env.DATA_DIR = folder;
  database = await startTestDatabase();
});
afterAll(async () => {
  await database.stop();
  if (before === undefined) delete process.env.DATA_DIR;
  else process.env.DATA_DIR = before;
  rmSync(folder, { recursive: true, force: true });
});

function refused(code: ErrorCode, details?: Record<string, unknown>) {
  return expect.objectContaining({ code, ...(details ? { details: expect.objectContaining(details) } : {}) });
}

const at = ({ version }: ChangeDto) => ({ expectedVersion: version });

async function withSlack(ctx: TenantContext, url: string): Promise<ChangeDto> {
  const change = await openChange(ctx, {});
  const { document } = change;
  const receiver = { ...document.config.receivers![0]!, slack_configs: [{ id: "s1", channel: "#a", api_url: url }] };
  const config = { ...document.config, receivers: [receiver] };
  return saveDocument(ctx, { id: change.id, document: { ...document, config } }, at(change));
}

async function published(ctx: TenantContext, change: ChangeDto): Promise<number> {
  const { revision } = await createRevision(ctx, { changeId: change.id });
  await recordOutcome(ctx, { id: change.id, revision, published: true });
  return revision;
}

describe("changes", () => {
  it("open on what is live, numbered one after the other", async () => {
    const ctx = await database.addTenant("admin");
    const first = await openChange(ctx, {});
    const second = await openChange(ctx, { title: "Mine" });
    expect([first.number, second.number]).toEqual([1, 2]);
    expect(first).toMatchObject({ status: "draft", version: 1, baseRevision: null, title: "Change 1" });
    expect(first.document).toEqual((await getLive(ctx, {})).document);
    expect((await listChanges(ctx, {})).map(({ title }) => title)).toEqual(["Mine", "Change 1"]);
  });

  it("seal a plaintext secret before anything is written", async () => {
    const ctx = await database.addTenant("admin");
    const plain = "https://hooks.slack.example/services/very-secret-part";
    const saved = await withSlack(ctx, plain);
    const ref = saved.document.config.receivers![0]!.slack_configs![0]!.api_url;
    expect(isSecretRef(ref)).toBe(true);
    expect(saved.secrets[String(ref)]).toMatchObject({ kind: "secretUrl", host: "hooks.slack.example", valid: true });
    expect(await withTenant(ctx.tenantId, (tx) => openSecrets(tx, ctx.tenantId, [String(ref)]))).toEqual({
      [String(ref)]: plain,
    });
    const written = await database.asOwner<{ all: string }>(
      `SELECT (SELECT string_agg(data::text, '') FROM events) || (SELECT string_agg(config::text || coalesce(source, ''), '') FROM changes) AS all`,
    );
    expect(written[0]!.all).not.toContain("very-secret-part");
  });

  it("seal a secret that was typed into the text, and one in its comments", async () => {
    const ctx = await database.addTenant("admin");
    const change = await openChange(ctx, {});
    const source =
      "route:\n  receiver: a # token-abcdef\nreceivers:\n  - name: a\n    webhook_configs:\n      - url: https://h.example/token-abcdef\n        http_config:\n          bearer_token: token-abcdef\n";
    const { change: imported } = await importConfiguration(ctx, { yaml: source });
    expect(imported.document.source).not.toContain("token-abcdef");
    expect(imported.document.source).toContain("receiver: a #");
    const again = await saveDocument(ctx, { id: change.id, document: { ...imported.document, source } }, at(change));
    expect(again.document.source).not.toContain("token-abcdef");
  });

  it("keep comments and values that only look like a short or common secret", async () => {
    const ctx = await database.addTenant("admin");
    const yaml =
      "# the box of abc, abcd\nroute:\n  receiver: production # not production\nreceivers:\n  - name: production\n    pagerduty_configs:\n      - routing_key: abc\n        client: abc\n      - routing_key: production\n";
    const { change } = await importConfiguration(ctx, { yaml });
    const { config, source } = change.document;
    expect(config.receivers![0]!.name).toBe("production");
    expect(config.receivers![0]!.pagerduty_configs![0]!.client).toBe("abc");
    expect(source).toContain("# the box of secret://");
    expect(source).toMatch(/, abcd\nroute:\n {2}receiver: production # not secret:/);
    expect(source).toContain("name: production");
  });

  it("refuse a number or a list where a secret belongs, and what a status page shows", async () => {
    const ctx = await database.addTenant("admin");
    const saved = await withSlack(ctx, "https://hooks.slack.example/x");
    const save = (value: unknown) =>
      saveReceiver(
        ctx,
        {
          id: saved.id,
          receiverId: "r",
          receiver: { id: "r", name: "p", pagerduty_configs: [{ id: "p", routing_key: value as string }] },
        },
        {},
      );
    await expect(save(["s3cret"])).rejects.toEqual(refused("invalid_input"));
    await expect(save("<secret>")).rejects.toEqual(refused("secret_placeholder"));
    const { document } = await save(12345678);
    expect(isSecretRef(document.config.receivers!.at(-1)!.pagerduty_configs![0]!.routing_key)).toBe(true);
  });

  it("refuse a stale version and say which one is current", async () => {
    const ctx = await database.addTenant("admin");
    const change = await openChange(ctx, {});
    await retitleChange(ctx, { id: change.id, title: "Other" }, at(change));
    await expect(retitleChange(ctx, { id: change.id, title: "Late" }, at(change))).rejects.toEqual(
      refused("stale_version", { version: 2 }),
    );
  });

  it("add, replace and delete receivers; one in use is refused with its routes", async () => {
    const ctx = await database.addTenant("admin");
    const change = await openChange(ctx, {});
    const receiver = { id: "n1", name: "new" };
    const added = await saveReceiver(ctx, { id: change.id, receiverId: "n1", receiver }, at(change));
    expect(added.document.config.receivers).toHaveLength(2);
    const used = added.document.config.receivers![0]!;
    await expect(deleteReceiver(ctx, { id: change.id, receiverId: used.id }, at(added))).rejects.toEqual(
      refused("in_use", { routes: [["route", "receiver"]] }),
    );
    const gone = await deleteReceiver(ctx, { id: change.id, receiverId: "n1" }, at(added));
    expect(gone.document).toEqual(change.document);
  });

  it("are closed once abandoned", async () => {
    const ctx = await database.addTenant("admin");
    const change = await openChange(ctx, {});
    const closed = await abandonChange(ctx, { id: change.id }, at(change));
    expect(closed.status).toBe("abandoned");
    await expect(
      saveDocument(ctx, { id: change.id, document: { ...change.document, source: "# x\n" } }, at(closed)),
    ).rejects.toEqual(refused("conflict"));
  });
});

describe("import", () => {
  it("keeps comments and unknown keys, and reports the latter", async () => {
    const ctx = await database.addTenant("admin");
    const yaml = "# ours\nroute:\n  receiver: a\n  surprise: 1\nreceivers:\n  - name: a\n";
    const { change, diagnostics } = await importConfiguration(ctx, { yaml, title: "From the file" });
    expect(change).toMatchObject({ title: "From the file", version: 2 });
    expect(change.document.source).toBe(yaml);
    expect(diagnostics.map(({ code, path: at }) => [code, at])).toContainEqual(["unknown_key", ["route", "surprise"]]);
  });

  it("refuses the masked text of a status page, and what is no YAML, and leaves nothing behind", async () => {
    const ctx = await database.addTenant("admin");
    const yaml = "global:\n  slack_api_url: <secret>\nroute:\n  receiver: a\nreceivers:\n  - name: a\n";
    await expect(importConfiguration(ctx, { yaml })).rejects.toEqual(refused("secret_placeholder"));
    await expect(importConfiguration(ctx, { yaml: "a: [1" })).rejects.toEqual(refused("invalid_input"));
    expect(await listChanges(ctx, {})).toEqual([]);
  });

  it("takes the demo tenant's file without an error", async () => {
    const ctx = await database.addTenant("admin");
    const { change, diagnostics } = await importConfiguration(ctx, { yaml: DEMO_YAML, templates: DEMO_TEMPLATES });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(change.document.source).toContain("# Payments wakes people up, at any hour.");
    expect(change.document.source).not.toContain("demo-smtp-password");
    expect((await tenantSummary(ctx)).counts).toMatchObject({ receivers: 8, inhibitRules: 3, templates: 2 });
    expect(await published(ctx, change)).toBe(1);
  });
});

describe("revisions", () => {
  it("freeze a change, become live when published, and can be restored", async () => {
    const ctx = await database.addTenant("admin");
    const change = await withSlack(ctx, "https://hooks.slack.example/services/a");
    expect(await published(ctx, change)).toBe(1);
    const live = await getLive(ctx, {});
    expect(live).toMatchObject({ revision: 1, version: 1 });
    expect(live.document).toEqual(change.document);
    expect((await getChange(ctx, { id: change.id })).status).toBe("published");

    const next = await openChange(ctx, {});
    expect(next.baseRevision).toBe(1);
    const empty = { ...next.document.config, receivers: [{ id: "x", name: "default" }] };
    const edited = await saveDocument(ctx, { id: next.id, document: { ...next.document, config: empty } }, at(next));
    expect(await published(ctx, edited)).toBe(2);

    const restored = await restoreRevision(ctx, { number: 1 });
    expect(restored).toMatchObject({ title: "Restore revision 1", baseRevision: 2 });
    expect(restored.document).toEqual(change.document);
    expect((await listRevisions(ctx, {})).map(({ number, live: is }) => [number, is])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect((await getRevision(ctx, { number: 1 })).yaml).toContain("secret://");
  });

  it("are refused while the target would refuse the configuration", async () => {
    const ctx = await database.addTenant("admin");
    const { change } = await importConfiguration(ctx, { yaml: "route:\n  receiver: nobody\nreceivers: []\n" });
    await expect(createRevision(ctx, { changeId: change.id })).rejects.toEqual(refused("has_error_diagnostics"));
    expect((await getChange(ctx, { id: change.id })).status).toBe("draft");
  });

  it("make the change a draft again when nothing was published; saying so twice changes nothing", async () => {
    const ctx = await database.addTenant("admin");
    const change = await withSlack(ctx, "https://hooks.slack.example/services/b");
    const { revision } = await createRevision(ctx, { changeId: change.id });
    const outcome = { id: change.id, revision, published: false, reason: "refused" };
    await recordOutcome(ctx, outcome);
    await recordOutcome(ctx, outcome);
    const again = await getChange(ctx, { id: change.id });
    expect(again).toMatchObject({ status: "draft", version: change.version + 2 });
    expect((await getLive(ctx, {})).revision).toBeNull();
    expect(await published(ctx, again)).toBe(revision + 1);
  });

  it("take in what others published meanwhile, unless both changed the same", async () => {
    const ctx = await database.addTenant("admin");
    await published(ctx, await withSlack(ctx, "https://hooks.slack.example/services/c"));
    const [mine, theirs, late] = [await openChange(ctx, {}), await openChange(ctx, {}), await openChange(ctx, {})];
    const save = (change: ChangeDto, key: string, value: string) => {
      const config = { ...change.document.config, global: { [key]: value } };
      return saveDocument(ctx, { id: change.id, document: { ...change.document, config } }, at(change));
    };
    await published(ctx, await save(theirs, "resolve_timeout", "7m"));
    const { revision } = await createRevision(ctx, {
      changeId: (await save(mine, "smtp_hello", "box.example")).id,
    });
    await recordOutcome(ctx, { id: mine.id, revision, published: true });
    const { document } = await getRevision(ctx, { number: revision });
    expect(document.config.global).toEqual({ resolve_timeout: "7m", smtp_hello: "box.example" });
    await save(late, "resolve_timeout", "9m");
    await expect(createRevision(ctx, { changeId: late.id })).rejects.toEqual(
      refused("conflict", { reason: "live_moved" }),
    );
    const rebased = await rebaseChange(ctx, { id: late.id });
    expect(rebased.conflicts.map(({ label }) => label)).toEqual(["global.resolve_timeout"]);
    expect(rebased.change.document.config.global).toEqual({ resolve_timeout: "9m", smtp_hello: "box.example" });
    expect((await rebaseChange(ctx, { id: late.id })).change).toEqual(rebased.change);
    expect((await createRevision(ctx, { changeId: late.id })).revision).toBe(revision + 1);
  });
});

describe("the wall", () => {
  it("refuses another tenant", async () => {
    const owner = await database.addTenant("admin");
    const change = await withSlack(owner, "https://hooks.slack.example/services/d");
    await published(owner, change);
    const other = await database.addTenant("admin");
    await expect(getChange(other, { id: change.id })).rejects.toEqual(refused("not_found"));
    await expect(retitleChange(other, { id: change.id, title: "x" }, {})).rejects.toEqual(refused("not_found"));
    await expect(saveDocument(other, { id: change.id, document: change.document }, {})).rejects.toEqual(
      refused("not_found"),
    );
    await expect(abandonChange(other, { id: change.id })).rejects.toEqual(refused("not_found"));
    await expect(rebaseChange(other, { id: change.id })).rejects.toEqual(refused("not_found"));
    await expect(createRevision(other, { changeId: change.id })).rejects.toEqual(refused("not_found"));
    await expect(getRevision(other, { number: 1 })).rejects.toEqual(refused("not_found"));
    await expect(restoreRevision(other, { number: 1 })).rejects.toEqual(refused("not_found"));
    expect(await listChanges(other, {})).toEqual([]);
    expect(await database.asApp("SELECT * FROM changes")).toEqual([]);
    expect(await database.asApp("SELECT * FROM revisions")).toEqual([]);
  });

  it("does not show another tenant's secret by its reference", async () => {
    const owner = await database.addTenant("admin");
    const { ref } = await sealSecret(owner, { value: "s3cret-value", kind: "secret" });
    const other = await database.addTenant("admin");
    const change = await openChange(other, {});
    const receiver = { ...change.document.config.receivers![0]!, pagerduty_configs: [{ id: "p", routing_key: ref }] };
    const saved = await saveReceiver(other, { id: change.id, receiverId: receiver.id, receiver }, at(change));
    expect(saved.secrets).toEqual({});
    await expect(createRevision(other, { changeId: change.id })).rejects.toEqual(refused("not_found"));
  });

  it("publishes, and replaces a secret, only on a fresh proof of who should give one", async () => {
    const ctx = await database.addTenant("admin");
    const change = await openChange(ctx, {});
    const session = { id: randomUUID(), factors: ["password", "totp"], asked: true };
    const stale = { ...ctx, session: { ...session, steppedUpAt: new Date(Date.now() - 16 * 60_000) } };
    const fresh = { ...ctx, session: { ...session, steppedUpAt: new Date() } };
    const { ref } = await sealSecret(stale, { value: "a first one", kind: "secret" });
    const replacement = { value: "another", kind: "secret" as const, secretId: ref.split("/")[2] ?? "" };
    await expect(sealSecret(stale, replacement)).rejects.toEqual(refused("step_up_required"));
    await expect(createRevision(stale, { changeId: change.id })).rejects.toEqual(refused("step_up_required"));
    expect((await sealSecret(fresh, replacement)).ref).toMatch(/\/2$/);
    expect(await createRevision(fresh, { changeId: change.id })).toMatchObject({ revision: 1 });
  });

  it("refuses a viewer, and lets an editor edit but not publish", async () => {
    const admin = await database.addTenant("admin");
    const change = await openChange(admin, {});
    const viewer = { ...admin, role: "viewer" as const };
    const { id, document } = change;
    const receiver = { id: "v", name: "v" };
    const refusals = [
      () => openChange(viewer, {}),
      () => saveDocument(viewer, { id, document }, at(change)),
      () => saveReceiver(viewer, { id, receiverId: "v", receiver }, at(change)),
      () => deleteReceiver(viewer, { id, receiverId: "v" }, at(change)),
      () => retitleChange(viewer, { id, title: "x" }, at(change)),
      () => abandonChange(viewer, { id }, at(change)),
      () => rebaseChange(viewer, { id }),
      () => importConfiguration(viewer, { yaml: "route: {receiver: a}\nreceivers: [{name: a}]\n" }),
      () => restoreRevision(viewer, { number: 1 }),
      () => sealSecret(viewer, { value: "x", kind: "secret" as const }),
      () => createRevision({ ...admin, role: "editor" }, { changeId: id }),
      () => recordOutcome({ ...admin, role: "editor" }, { id, revision: 1, published: true }),
    ];
    for (const attempt of refusals) await expect(attempt()).rejects.toEqual(refused("forbidden"));
    expect(await getChange(viewer, { id })).toEqual(change);
  });
});

describe("the log", () => {
  it("folds to what the projection holds, for every change of this file", async () => {
    const rows = await database.asOwner<{ id: string; tenant_id: string }>("SELECT id, tenant_id FROM changes");
    expect(rows.length).toBeGreaterThan(10);
    for (const { id, tenant_id: tenantId } of rows) {
      await withTenant(tenantId, async (tx) => {
        const events = await readStream(tx, tenantId, { type: "change", id });
        const state = (events as unknown as ChangeEvent[]).reduce(evolve, NO_CHANGE);
        const row = await findChange(tx, id);
        const { number, title, status, baseRevision, revision } = row;
        const { review, ...folded } = state;
        expect(folded).toEqual({ number, title, status, baseRevision, revision, document: documentOf(row) });
        expect(review).toEqual(NO_CHANGE.review);
        expect(JSON.stringify(state.document)).toBe(JSON.stringify(documentOf(row)));
        expect(row.version).toBe(events.length);
      });
    }
  });

  it("never tells a difference that is none", async () => {
    const empty = await database.asOwner(
      `SELECT type FROM events WHERE stream_type = 'change' AND data -> 'edits' = '[]' AND NOT data ? 'changes' AND type <> 'ChangeRebased'`,
    );
    expect(empty).toEqual([]);
  });
});
