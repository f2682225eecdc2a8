import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  approveChange,
  askForReview,
  cancelScheduleOf,
  commentOnChange,
  getChange,
  getReview,
  importConfiguration,
  listChanges,
  openChange,
  previewMerge,
  rebaseChange,
  rejectChange,
  resolveThread,
  saveDocument,
  scheduleChange,
  setReviewPolicy,
  suspendScheduleOf,
  withdrawFromReview,
} from "@/lib/configuration";
import { NO_POLICY, type ReviewPolicy } from "@/lib/configuration/review/contract";
import { listNotices } from "@/lib/notices";
import { createTarget } from "@/lib/targets";
import type { TenantContext } from "@/lib/tenancy";
import type { Role } from "@/lib/tenancy/contract";
import { startTestDatabase, type TestDatabase } from "@/lib/testing/database";
import { getPublication, listPublications, requestPublication, startPublishingWorker } from ".";
import { claimOf, claimSchedule } from "./claim-schedule";
import { isFinal } from "./contract";

const OPERATOR = { id: "operator", requestId: "test" };
const YAML = `route: {receiver: a}
receivers: [{name: a, slack_configs: [{api_url: "https://a.example/x", channel: "#a"}]}, {name: b}]
time_intervals: [{name: always, time_intervals: [{}]}, {name: never, time_intervals: [{years: ["1999"]}]}]
`;

let database: TestDatabase;
let root: string;
let anne: TenantContext;
let bert: TenantContext;
let edith: TenantContext;
let file: string;

beforeAll(async () => {
  database = await startTestDatabase();
  root = await mkdtemp(path.join(os.tmpdir(), "signalbox-review-"));
  Object.assign(process.env, {
    NODE_ENV: "test",
    TARGET_ROOTS: root,
    DATA_DIR: path.join(root, "data"),
    LOG_LEVEL: "silent",
  });
});
afterAll(async () => {
  await database.stop();
  await rm(root, { recursive: true, force: true });
});
beforeEach(async () => {
  const tenant = await database.addTenant("admin");
  const { tenantId, tenantSlug: slug } = tenant;
  file = path.join(root, slug, "alertmanager.yml");
  await mkdir(path.dirname(file));
  await createTarget(OPERATOR, { kind: "file", tenantId, name: "file", path: file, version: "0.34" });
  anne = await person(tenant, "admin", "Anne");
  bert = await person(tenant, "approver", "Bert");
  edith = await person(tenant, "editor", "Edith");
});

async function person(tenant: TenantContext, role: Role, name: string): Promise<TenantContext> {
  const id = randomUUID();
  await database.asOwner("INSERT INTO people (id, email, name) VALUES ($1, $2, $3)", [id, `${id}@x.example`, name]);
  await database.asOwner(
    "INSERT INTO memberships (tenant_id, person_id, role, source, joined_at) VALUES ($1, $2, $3, 'invitation', now())",
    [tenant.tenantId, id, role],
  );
  return { ...tenant, actor: { type: "person", id }, role };
}

async function policy(changes: Partial<ReviewPolicy>): Promise<void> {
  await setReviewPolicy(anne, { ...NO_POLICY, ...changes }, { expectedVersion: 0 });
}

async function draft(by = edith): Promise<string> {
  return (await importConfiguration(by, { yaml: YAML, templates: [] })).change.id;
}

async function edit(by: TenantContext, id: string, change: (source: string) => string): Promise<void> {
  const { document, version } = await getChange(by, { id });
  const channel = change("#a");
  const receivers = document.config.receivers!.map((one) =>
    one.name === "a" ? { ...one, slack_configs: [{ ...Object(one.slack_configs)[0], channel }] } : one,
  );
  const next = { ...document, config: { ...document.config, receivers } };
  await saveDocument(by, { id, document: next }, { expectedVersion: version });
}

const content = async (id: string) => (await getReview(anne, { id })).content;
const approve = async (by: TenantContext, id: string) => approveChange(by, { id, content: await content(id) });
const statusOf = async (id: string) => (await getChange(anne, { id })).status;
const kindsFor = async (ctx: TenantContext) => (await listNotices(ctx, {})).notices.map(({ kind }) => kind);

/** Published by what a worker finds. */
async function published(id: string): Promise<void> {
  await working(() => expect.poll(() => statusOf(id), { timeout: 10_000 }).toBe("published"));
}

async function working(until: () => Promise<void>): Promise<void> {
  const worker = startPublishingWorker({ pollMs: 20 });
  try {
    await until();
  } finally {
    await worker.stop();
  }
}

/** Soon, as the clocks of Berlin show it; the schedule is due when the test says so. */
async function due(id: string): Promise<void> {
  await database.asOwner("UPDATE change_schedules SET publish_at = now() - interval '1 second' WHERE change_id = $1", [
    id,
  ]);
}
const LATER = { at: "2027-03-01T09:00", zone: "Europe/Berlin" };

describe("review", () => {
  it("keeps a change from being published until enough others approved what it says", async () => {
    await policy({ required: true, approvals: 1 });
    const id = await draft();
    await expect(requestPublication(anne, { changeId: id })).rejects.toMatchObject({
      code: "approval_needed",
      details: { approvals: 0, needed: 1 },
    });
    const asked = await askForReview(edith, { id });
    expect(asked.reviewers.map(({ name }) => name).sort()).toEqual(["Anne", "Bert"]);
    expect((await listChanges(bert, {}))[0]).toMatchObject({ status: "in_review", waitsForMe: true });
    expect((await listChanges(edith, {}))[0]?.waitsForMe).toBe(false);

    await approve(bert, id);
    expect((await listChanges(bert, {}))[0]).toMatchObject({ status: "approved", waitsForMe: false });
    await edit(edith, id, () => "#b");
    expect(await getReview(anne, { id })).toMatchObject({ approvals: 0, needed: 1, verdicts: [{ stale: true }] });
    await expect(requestPublication(anne, { changeId: id })).rejects.toMatchObject({ code: "approval_needed" });

    await approve(bert, id);
    await requestPublication(anne, { changeId: id });
    await published(id);
    expect(await readFile(file, "utf8")).toContain("#b");
    expect(await kindsFor(bert)).toEqual(["approvals_stale", "review_requested"]);
    expect(await kindsFor(edith)).toEqual(["published", "approved", "approved"]);
  });

  it("takes no approval of somebody who wrote in it, of a program, or of something else", async () => {
    await policy({ required: true });
    const id = await draft(bert);
    await askForReview(bert, { id });
    await edit(anne, id, () => "#anne");
    for (const author of [anne, bert]) {
      await expect(approve(author, id)).rejects.toMatchObject({
        code: "forbidden",
        details: { reason: "self_approval" },
      });
      expect((await getReview(author, { id })).mayApprove).toBe("author");
    }
    const carla = await person(anne, "approver", "Carla");
    const program = { ...carla, actor: { type: "service", id: carla.actor.id } } as const;
    await expect(approve(program, id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(approveChange(carla, { id, content: "0".repeat(64) })).rejects.toMatchObject({ code: "conflict" });
    expect(await approve(carla, id)).toMatchObject({ approvals: 1 });
    await setReviewPolicy(
      anne,
      { ...NO_POLICY, required: true, approvals: 2, selfApproval: true },
      { expectedVersion: 1 },
    );
    expect(await approve(anne, id)).toMatchObject({ approvals: 2, needed: 2 });
  });

  it("refuses viewers, editors and people of other tenants", async () => {
    const id = await draft();
    await askForReview(edith, { id });
    const victor = await person(anne, "viewer", "Victor");
    const stranger = await database.addTenant("admin");
    const digest = await content(id);
    const refused: [TenantContext, () => Promise<unknown>, string][] = [
      [victor, () => askForReview(victor, { id }), "forbidden"],
      [edith, () => approveChange(edith, { id, content: digest }), "forbidden"],
      [edith, () => rejectChange(edith, { id, content: digest, reason: "No." }), "forbidden"],
      [edith, () => scheduleChange(edith, { id, ...LATER }), "forbidden"],
      [edith, () => cancelScheduleOf(edith, { id }), "forbidden"],
      [bert, () => setReviewPolicy(bert, NO_POLICY, { expectedVersion: 0 }), "forbidden"],
      [bert, () => requestPublication(bert, { changeId: id, bypass: "The house is on fire" }), "forbidden"],
      [stranger, () => getReview(stranger, { id }), "not_found"],
      [stranger, () => previewMerge(stranger, { id }), "not_found"],
      [stranger, () => approveChange(stranger, { id, content: digest }), "not_found"],
      [stranger, () => commentOnChange(stranger, { id, text: "Hello" }), "not_found"],
      [stranger, () => scheduleChange(stranger, { id, ...LATER }), "not_found"],
    ];
    await policy({ required: true });
    for (const [, run, code] of refused) await expect(run()).rejects.toMatchObject({ code });
    expect((await listChanges(stranger, {})).length).toBe(0);
  });

  it("holds what people say of lines and fields, in threads that are resolved", async () => {
    const id = await draft();
    await askForReview(edith, { id, reviewers: [bert.actor.id] });
    const place = { kind: "line", line: 2, text: "receivers:", side: "after" } as const;
    const asked = await commentOnChange(bert, { id, text: "Why Slack?", place });
    const [first] = asked.comments;
    await commentOnChange(edith, { id, text: "They want it.", replyTo: first!.id });
    await commentOnChange(bert, { id, text: "And this?", place: { kind: "field", path: ["receivers", 1, "name"] } });
    const solved = await resolveThread(edith, { id, comment: first!.id, resolved: true });
    expect(solved.comments).toMatchObject([
      { text: "Why Slack?", place, author: { name: "Bert" }, resolved: { by: { name: "Edith" } }, earlier: false },
      { text: "They want it.", replyTo: first!.id, mine: true },
      { place: { kind: "field", path: ["receivers", 1, "name"] }, resolved: null },
    ]);
    await edit(edith, id, () => "#c");
    expect((await getReview(bert, { id })).comments[0]?.earlier).toBe(true);
    expect(await kindsFor(bert)).toEqual(["commented", "review_requested"]);
    expect(await kindsFor(anne)).toEqual([]);
  });

  it("stops what is rejected until it is asked for again, and ends when it is withdrawn", async () => {
    const id = await draft();
    await askForReview(edith, { id });
    await rejectChange(bert, { id, content: await content(id), reason: "The channel is wrong." });
    expect(await statusOf(id)).toBe("rejected");
    await expect(requestPublication(anne, { changeId: id })).rejects.toMatchObject({ code: "approval_needed" });
    await askForReview(edith, { id });
    expect(await statusOf(id)).toBe("in_review");
    expect(await withdrawFromReview(edith, { id })).toMatchObject({ requested: null, verdicts: [] });
    expect(await statusOf(id)).toBe("draft");
  });

  it("asks for more approvals where pages are lost, made up ones if there is no history", async () => {
    await policy({ pages: { approvals: 2, receivers: ["a"], matchers: [] } });
    const first = await draft();
    await requestPublication(anne, { changeId: first });
    await published(first);
    const { id, document, version } = await openChange(edith, {});
    const route = { ...document.config.route!, receiver: "b" };
    const next = { ...document, config: { ...document.config, route } };
    await saveDocument(edith, { id, document: next }, { expectedVersion: version });
    expect(await getReview(anne, { id })).toMatchObject({
      needed: 2,
      because: "pages",
      lostPages: { basis: "witnesses", samples: [{ from: ["a"], to: ["b"] }] },
    });
    await askForReview(edith, { id });
    await approve(bert, id);
    const one = { code: "approval_needed", details: { because: "pages", approvals: 1, needed: 2 } };
    await expect(requestPublication(anne, { changeId: id })).rejects.toMatchObject(one);
    await approve(anne, id);
    await requestPublication(anne, { changeId: id });
    await published(id);
  });

  it("is gone round with a reason by those who may, and everybody is told", async () => {
    await policy({ required: true, freeze: ["always"] });
    const first = await draft();
    const { id } = await requestPublication(anne, { changeId: first, bypass: "Pages go nowhere" });
    await working(() =>
      expect.poll(async () => isFinal((await getPublication(anne, id)).status), { timeout: 10_000 }).toBe(true),
    );
    expect(await getPublication(anne, id)).toMatchObject({ bypass: "Pages go nowhere" });
    expect(await kindsFor(bert)).toContain("bypass_used");
    const events = await database.asOwner<{ data: unknown }>(
      "SELECT data FROM events WHERE tenant_id = $1 AND type = 'BypassUsed'",
      [anne.tenantId],
    );
    expect(events).toMatchObject([{ data: { reason: "Pages go nowhere", approvals: 0, needed: 1 } }]);
    // The window is one of what is live now.
    const second = await openChange(anne, {});
    await edit(anne, second.id, () => "#later");
    await askForReview(anne, { id: second.id });
    await approve(bert, second.id);
    await expect(requestPublication(anne, { changeId: second.id })).rejects.toMatchObject({
      code: "publishing_frozen",
      details: { windows: ["always"] },
    });
    const short = requestPublication(anne, { changeId: second.id, bypass: "why" });
    await expect(short).rejects.toMatchObject({ code: "invalid_input" });
  });
});

describe("a schedule", () => {
  it("publishes at its time, as the person who planned it", async () => {
    const id = await draft();
    const planned = await scheduleChange(bert, { id, ...LATER, comment: "After the weekend" });
    expect(planned.schedule).toMatchObject({
      ...{ at: "2027-03-01T08:00:00.000Z", local: LATER.at, zone: LATER.zone, status: "pending" },
      by: { name: "Bert" },
    });
    expect(await statusOf(id)).toBe("scheduled");
    await due(id);
    await published(id);
    const [publication] = await listPublications(anne);
    expect(publication).toMatchObject({ requestedBy: "Bert", comment: "After the weekend", status: "unverified" });
    expect(await listPublications(anne)).toHaveLength(1);
    expect((await getReview(anne, { id })).schedule).toBeNull();
  });

  it("goes on where a worker died between freezing and publishing, once", async () => {
    const id = await draft();
    await scheduleChange(bert, { id, ...LATER });
    await due(id);
    // Dies with the publication unwritten.
    await database.asOwner(`
      CREATE FUNCTION dies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$;
      CREATE TRIGGER dies BEFORE INSERT ON publications FOR EACH ROW EXECUTE FUNCTION dies();
      CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$;
      CREATE TRIGGER stays BEFORE UPDATE ON changes FOR EACH ROW WHEN (OLD.status = 'frozen') EXECUTE FUNCTION stays()`);
    try {
      await working(() => expect.poll(() => statusOf(id), { timeout: 10_000 }).toBe("frozen"));
    } finally {
      await database.asOwner("DROP FUNCTION dies() CASCADE; DROP FUNCTION stays() CASCADE");
    }
    expect(await listPublications(anne)).toEqual([]);
    await due(id);
    await database.asOwner("UPDATE change_schedules SET lease_until = now() WHERE change_id = $1", [id]);
    await published(id);
    expect(await listPublications(anne)).toHaveLength(1);
  });

  it("is claimed by one worker, also by the way that tenants elsewhere are asked", async () => {
    const id = await draft();
    await scheduleChange(bert, { id, ...LATER });
    expect(await claimOf(anne.tenantId, "one", 30)).toBeUndefined();
    await due(id);
    const claims = await Promise.all(["one", "two", "three"].map((worker) => claimOf(anne.tenantId, worker, 30)));
    expect(claims.filter(Boolean)).toEqual([{ schedule_change_id: id, schedule_tenant_id: anne.tenantId }]);
    expect(await claimSchedule("four", 30)).toBeNull();
  });

  it("reads the clocks of its zone, and takes no time that they skip", async () => {
    const id = await draft();
    const skipped = scheduleChange(bert, { id, at: "2027-03-28T02:30", zone: "Europe/Berlin" });
    await expect(skipped).rejects.toMatchObject({ code: "invalid_input", message: expect.stringContaining("skip") });
    const past = scheduleChange(bert, { id, at: "2020-01-01T00:00", zone: "UTC" });
    await expect(past).rejects.toMatchObject({ code: "invalid_input" });
    const summer = await scheduleChange(bert, { id, at: "2027-07-01T09:00", zone: "Europe/Berlin" });
    expect(summer.schedule?.at).toBe("2027-07-01T07:00:00.000Z");
  });

  const suspended = async (id: string, reason: string) => {
    await due(id);
    await working(() =>
      expect
        .poll(async () => (await getReview(anne, { id })).schedule, { timeout: 10_000 })
        .toMatchObject({
          status: "suspended",
          reason,
        }),
    );
    expect(await listPublications(anne)).toEqual([]);
    expect(await kindsFor(bert)).toContain("schedule_suspended");
  };

  it("is suspended by hand and by an edit, and goes on when it is planned anew", async () => {
    const id = await draft();
    await scheduleChange(bert, { id, ...LATER });
    expect((await suspendScheduleOf(anne, { id })).schedule).toMatchObject({ status: "suspended", reason: "by_hand" });
    expect((await scheduleChange(bert, { id, ...LATER })).schedule?.status).toBe("pending");
    await edit(edith, id, () => "#new");
    expect((await getReview(anne, { id })).schedule).toMatchObject({ status: "suspended", reason: "edited" });
    expect((await cancelScheduleOf(bert, { id })).schedule).toBeNull();
  });

  it("is suspended when its approvals are too few at that time", async () => {
    const id = await draft();
    await scheduleChange(bert, { id, ...LATER });
    await policy({ required: true });
    await suspended(id, "approvals");
  });

  it("is suspended when whoever planned it may not publish any more", async () => {
    const id = await draft();
    await scheduleChange(bert, { id, ...LATER });
    const demoted = "UPDATE memberships SET role = 'editor' WHERE person_id = $1";
    await database.asOwner(demoted, [bert.actor.id]);
    await suspended(id, "rights");
  });

  it("is suspended when something does not hold at that time", async () => {
    const id = await draft();
    await scheduleChange(bert, { id, ...LATER });
    await database.asOwner(
      `INSERT INTO expectations (id, tenant_id, version, name, body, saved_by, saved_at)
       VALUES ($1, $2, 1, 'all to b', '{"name":"all to b","labels":{"team":"x"},"receivers":["b"]}', 'x', now())`,
      [randomUUID(), anne.tenantId],
    );
    await suspended(id, "tests");
  });

  it("is refused where it is known that a freeze window holds, and by approvals that are missing", async () => {
    const first = await draft();
    await requestPublication(anne, { changeId: first });
    await published(first);
    await policy({ required: true, freeze: ["always", "never", "gone"] });
    const { id } = await openChange(bert, {});
    await edit(bert, id, () => "#x");
    await expect(scheduleChange(bert, { id, ...LATER })).rejects.toMatchObject({ code: "approval_needed" });
    await askForReview(bert, { id });
    await approve(anne, id);
    await expect(scheduleChange(bert, { id, ...LATER })).rejects.toMatchObject({ code: "publishing_frozen" });
    expect((await getReview(anne, { id })).freeze).toMatchObject([
      { name: "always", holds: true, missing: false },
      { name: "never", holds: false, missing: false },
      { name: "gone", holds: false, missing: true },
    ]);
  });

  it("is suspended when something else was published meanwhile; a merge shows both sides", async () => {
    const first = await draft();
    await requestPublication(anne, { changeId: first });
    await published(first);
    const mine = await openChange(edith, {});
    await edit(edith, mine.id, () => "#mine");
    await scheduleChange(bert, { id: mine.id, ...LATER });
    const other = await openChange(anne, {});
    await edit(anne, other.id, () => "#theirs");
    await requestPublication(anne, { changeId: other.id });
    await published(other.id);
    await due(mine.id);
    await working(() =>
      expect.poll(async () => (await getReview(anne, mine)).schedule?.reason, { timeout: 10_000 }).toBe("base_moved"),
    );
    const { conflicts, live } = await previewMerge(edith, { id: mine.id });
    expect(conflicts).toMatchObject([{ base: "#a", mine: "#mine", theirs: "#theirs" }]);
    const old = rebaseChange(edith, { id: mine.id, live: 1, theirs: [] });
    await expect(old).rejects.toMatchObject({ code: "conflict", details: { reason: "live_moved" } });
    const merged = await rebaseChange(edith, { id: mine.id, live: live!, theirs: [conflicts[0]!.label] });
    expect(JSON.stringify(merged.change.document.config)).toContain("#theirs");
    expect(merged.change.baseRevision).toBe(live);
  });
});
