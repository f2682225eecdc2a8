import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  approveChange,
  askForReview,
  cancelScheduleOf,
  commentOnChange,
  getReview,
  listChanges,
  openChange,
  previewMerge,
  rejectChange,
  resolveThread,
  reviewsWithoutReviewers,
  saveDocument,
  scheduleChange,
  setReviewPolicy,
  withdrawFromReview,
} from "@/lib/configuration";
import { NO_POLICY } from "@/lib/configuration/review/contract";
import type { TenantContext } from "@/lib/tenancy";
import {
  addPerson,
  type ReviewedTenant,
  type ReviewWorld,
  startReviewWorld,
  working,
} from "@/lib/testing/review-world";
import { getPublication, requestPublication } from ".";
import { isFinal } from "./contract";
import { releaseWhoLeft } from "./watch-reviewers";

const LATER = { at: "2027-03-01T09:00", zone: "Europe/Berlin" };

let world: ReviewWorld;
let here: ReviewedTenant;
let anne: TenantContext;
let bert: TenantContext;
let edith: TenantContext;

beforeAll(async () => {
  world = await startReviewWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  here = await world.tenant();
  ({ anne, bert, edith } = here);
});

describe("somebody who left", () => {
  const leaves = (person: TenantContext) =>
    world.database.asOwner("DELETE FROM memberships WHERE person_id = $1", [person.actor.id]);
  const nothing = (error: unknown) => expect(error).toBeUndefined();
  const names = (review: Awaited<ReturnType<typeof getReview>>) => review.reviewers.map(({ name }) => name);

  it("is waited for no longer; what they approved stands, and who asked is told", async () => {
    const id = await here.draft();
    const both = [anne.actor.id, bert.actor.id];
    await askForReview(edith, { id, reviewers: both });
    await here.approve(bert, id);
    await releaseWhoLeft(nothing);
    expect(names(await getReview(edith, { id }))).toEqual(["Anne", "Bert"]);
    await leaves(bert);
    await releaseWhoLeft(nothing);
    const after = await getReview(edith, { id });
    expect([names(after), after.approvals]).toEqual([["Anne"], 1]);
    expect(await here.kindsFor(edith)).toEqual(["reviewers_left", "approved"]);
    expect(await here.kindsFor(anne)).toEqual(["review_requested"]);
    await releaseWhoLeft(nothing);
    expect(await here.kindsFor(edith)).toHaveLength(2);
  });

  it("is replaced by all who may review when nobody else was asked, also in a tenant elsewhere", async () => {
    const id = await here.draft();
    await askForReview(edith, { id, reviewers: [bert.actor.id] });
    await world.database.asOwner("UPDATE memberships SET role = 'editor' WHERE person_id = $1", [bert.actor.id]);
    expect(await reviewsWithoutReviewers(anne.tenantId)).toEqual([id]);
    await releaseWhoLeft(nothing);
    expect(names(await getReview(edith, { id }))).toEqual(["Anne"]);
    expect(await here.kindsFor(anne)).toEqual(["review_requested"]);
    expect(await reviewsWithoutReviewers(anne.tenantId)).toEqual([]);
  });
});

describe("review", () => {
  it("keeps a change from being published until enough others approved what it says", async () => {
    await here.policy({ required: true, approvals: 1 });
    const id = await here.draft();
    await expect(requestPublication(anne, { changeId: id })).rejects.toMatchObject({
      code: "approval_needed",
      details: { approvals: 0, needed: 1 },
    });
    const asked = await askForReview(edith, { id });
    expect(asked.reviewers.map(({ name }) => name).sort()).toEqual(["Anne", "Bert"]);
    expect((await listChanges(bert, {}))[0]).toMatchObject({ status: "in_review", waitsForMe: true });
    expect((await listChanges(edith, {}))[0]?.waitsForMe).toBe(false);

    await here.approve(bert, id);
    expect((await listChanges(bert, {}))[0]).toMatchObject({ status: "approved", waitsForMe: false });
    await here.edit(edith, id, "#b");
    expect(await getReview(anne, { id })).toMatchObject({ approvals: 0, needed: 1, verdicts: [{ stale: true }] });
    await expect(requestPublication(anne, { changeId: id })).rejects.toMatchObject({ code: "approval_needed" });

    await here.approve(bert, id);
    await requestPublication(anne, { changeId: id });
    await here.published(id);
    expect(await readFile(here.file, "utf8")).toContain("#b");
    expect(await here.kindsFor(bert)).toEqual(["approvals_stale", "review_requested"]);
    expect(await here.kindsFor(edith)).toEqual(["published", "approved", "approved"]);
  });

  it("takes no approval of somebody who wrote in it, of a program, or of something else", async () => {
    await here.policy({ required: true });
    const id = await here.draft(bert);
    await askForReview(bert, { id });
    await here.edit(anne, id, "#anne");
    for (const author of [anne, bert]) {
      await expect(here.approve(author, id)).rejects.toMatchObject({
        code: "forbidden",
        details: { reason: "self_approval" },
      });
      expect((await getReview(author, { id })).mayApprove).toBe("author");
    }
    const carla = await addPerson(world.database, anne, "approver", "Carla");
    const program = { ...carla, actor: { type: "service", id: carla.actor.id } } as const;
    await expect(here.approve(program, id)).rejects.toMatchObject({ code: "forbidden" });
    await expect(approveChange(carla, { id, content: "0".repeat(64) })).rejects.toMatchObject({ code: "conflict" });
    expect(await here.approve(carla, id)).toMatchObject({ approvals: 1 });
    await setReviewPolicy(
      anne,
      { ...NO_POLICY, required: true, approvals: 2, selfApproval: true },
      { expectedVersion: 1 },
    );
    expect(await here.approve(anne, id)).toMatchObject({ approvals: 2, needed: 2 });
  });

  it("refuses viewers, editors and people of other tenants", async () => {
    const id = await here.draft();
    await askForReview(edith, { id });
    const victor = await addPerson(world.database, anne, "viewer", "Victor");
    const stranger = await world.database.addTenant("admin");
    const digest = await here.content(id);
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
    await here.policy({ required: true });
    for (const [, run, code] of refused) await expect(run()).rejects.toMatchObject({ code });
    expect((await listChanges(stranger, {})).length).toBe(0);
  });

  it("holds what people say of lines and fields, in threads that are resolved", async () => {
    const id = await here.draft();
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
    await here.edit(edith, id, "#c");
    expect((await getReview(bert, { id })).comments[0]?.earlier).toBe(true);
    expect(await here.kindsFor(bert)).toEqual(["commented", "review_requested"]);
    expect(await here.kindsFor(anne)).toEqual([]);
  });

  it("stops what is rejected until it is asked for again, and ends when it is withdrawn", async () => {
    const id = await here.draft();
    await askForReview(edith, { id });
    await rejectChange(bert, { id, content: await here.content(id), reason: "The channel is wrong." });
    expect(await here.statusOf(id)).toBe("rejected");
    await expect(requestPublication(anne, { changeId: id })).rejects.toMatchObject({ code: "approval_needed" });
    await askForReview(edith, { id });
    expect(await here.statusOf(id)).toBe("in_review");
    expect(await withdrawFromReview(edith, { id })).toMatchObject({ requested: null, verdicts: [] });
    expect(await here.statusOf(id)).toBe("draft");
  });

  it("asks for more approvals where pages are lost, made up ones if there is no history", async () => {
    await here.policy({ pages: { approvals: 2, receivers: ["a"], matchers: [] } });
    const first = await here.draft();
    await requestPublication(anne, { changeId: first });
    await here.published(first);
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
    await here.approve(bert, id);
    const one = { code: "approval_needed", details: { because: "pages", approvals: 1, needed: 2 } };
    await expect(requestPublication(anne, { changeId: id })).rejects.toMatchObject(one);
    await here.approve(anne, id);
    await requestPublication(anne, { changeId: id });
    await here.published(id);
  });

  it("is gone round with a reason by those who may, and everybody is told", async () => {
    await here.policy({ required: true, freeze: ["always"] });
    const first = await here.draft();
    const { id } = await requestPublication(anne, { changeId: first, bypass: "Pages go nowhere" });
    await working(() =>
      expect.poll(async () => isFinal((await getPublication(anne, id)).status), { timeout: 10_000 }).toBe(true),
    );
    expect(await getPublication(anne, id)).toMatchObject({ bypass: "Pages go nowhere" });
    expect(await here.kindsFor(bert)).toContain("bypass_used");
    const events = await world.database.asOwner<{ data: unknown }>(
      "SELECT data FROM events WHERE tenant_id = $1 AND type = 'BypassUsed'",
      [anne.tenantId],
    );
    expect(events).toMatchObject([{ data: { reason: "Pages go nowhere", approvals: 0, needed: 1 } }]);
    // The window is one of what is live now.
    const second = await openChange(anne, {});
    await here.edit(anne, second.id, "#later");
    await askForReview(anne, { id: second.id });
    await here.approve(bert, second.id);
    await expect(requestPublication(anne, { changeId: second.id })).rejects.toMatchObject({
      code: "publishing_frozen",
      details: { windows: ["always"] },
    });
    const short = requestPublication(anne, { changeId: second.id, bypass: "why" });
    await expect(short).rejects.toMatchObject({ code: "invalid_input" });
  });
});
