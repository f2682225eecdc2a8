import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  askForReview,
  cancelScheduleOf,
  getReview,
  openChange,
  previewMerge,
  rebaseChange,
  resumeScheduleOf,
  scheduleChange,
  suspendScheduleOf,
} from "@/lib/configuration";
import type { TenantContext } from "@/lib/tenancy";
import { type ReviewedTenant, type ReviewWorld, startReviewWorld, working } from "@/lib/testing/review-world";
import { getPublication, listPublications, publishAgain, requestPublication } from ".";
import { claimOf, claimSchedule } from "./claim-schedule";
import { isFinal } from "./contract";

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

/** Its time has come. */
async function due(id: string): Promise<void> {
  const sql = "UPDATE change_schedules SET publish_at = now() - interval '1 second' WHERE change_id = $1";
  await world.database.asOwner(sql, [id]);
}

describe("what is live", () => {
  it("is not published again in a freeze window but with a reason, by those who may, and they are told", async () => {
    const id = await here.draft();
    await requestPublication(anne, { changeId: id });
    await here.published(id);
    await here.policy({ freeze: ["always"] });
    const frozen = { code: "publishing_frozen", details: { windows: ["always"] } };
    await expect(publishAgain(bert, { revision: 1 })).rejects.toMatchObject(frozen);
    const bypass = "The target lost its file.";
    await expect(publishAgain(bert, { revision: 1, bypass })).rejects.toMatchObject({ code: "forbidden" });
    await expect(publishAgain(anne, { revision: 1, bypass: "short" })).rejects.toMatchObject({ code: "invalid_input" });
    const again = await publishAgain(anne, { revision: 1, bypass });
    expect(await here.kindsFor(bert)).toContain("bypass_used");
    const ended = () => getPublication(anne, again.id);
    await working(() => expect.poll(async () => isFinal((await ended()).status), { timeout: 20_000 }).toBe(true));
    expect(await ended()).toMatchObject({ status: "unverified", bypass });
  });

  it("needs no reason when no window holds, and keeps none", async () => {
    const id = await here.draft();
    await requestPublication(anne, { changeId: id });
    await here.published(id);
    await here.policy({ freeze: ["never"] });
    expect(await publishAgain(anne, { revision: 1, bypass: "Just in case it is." })).toMatchObject({ bypass: null });
  });
});

describe("a schedule", () => {
  it("publishes at its time, as the person who planned it", async () => {
    const id = await here.draft();
    const planned = await scheduleChange(bert, { id, ...LATER, comment: "After the weekend" });
    expect(planned.schedule).toMatchObject({
      ...{ at: "2027-03-01T08:00:00.000Z", local: LATER.at, zone: LATER.zone, status: "pending" },
      by: { name: "Bert" },
    });
    expect(await here.statusOf(id)).toBe("scheduled");
    await due(id);
    await here.published(id);
    const [publication] = await listPublications(anne);
    expect(publication).toMatchObject({ requestedBy: "Bert", comment: "After the weekend", status: "unverified" });
    expect(await listPublications(anne)).toHaveLength(1);
    expect((await getReview(anne, { id })).schedule).toBeNull();
  });

  it("goes on where a worker died between freezing and publishing, once", async () => {
    const id = await here.draft();
    await scheduleChange(bert, { id, ...LATER });
    await due(id);
    // Dies with the publication unwritten.
    await world.database.asOwner(`
      CREATE FUNCTION dies() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$;
      CREATE TRIGGER dies BEFORE INSERT ON publications FOR EACH ROW EXECUTE FUNCTION dies();
      CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$;
      CREATE TRIGGER stays BEFORE UPDATE ON changes FOR EACH ROW WHEN (OLD.status = 'frozen') EXECUTE FUNCTION stays()`);
    try {
      await working(() => expect.poll(() => here.statusOf(id), { timeout: 10_000 }).toBe("frozen"));
    } finally {
      await world.database.asOwner("DROP FUNCTION dies() CASCADE; DROP FUNCTION stays() CASCADE");
    }
    expect(await listPublications(anne)).toEqual([]);
    await due(id);
    await world.database.asOwner("UPDATE change_schedules SET lease_until = now() WHERE change_id = $1", [id]);
    await here.published(id);
    expect(await listPublications(anne)).toHaveLength(1);
  });

  it("is claimed by one worker, also by the way that tenants elsewhere are asked", async () => {
    const id = await here.draft();
    await scheduleChange(bert, { id, ...LATER });
    expect(await claimOf(anne.tenantId, "one", 30)).toBeUndefined();
    await due(id);
    const claims = await Promise.all(["one", "two", "three"].map((worker) => claimOf(anne.tenantId, worker, 30)));
    expect(claims.filter(Boolean)).toEqual([{ schedule_change_id: id, schedule_tenant_id: anne.tenantId }]);
    expect(await claimSchedule("four", 30)).toBeNull();
  });

  it("reads the clocks of its zone, and takes no time that they skip", async () => {
    const id = await here.draft();
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
    expect(await here.kindsFor(bert)).toContain("schedule_suspended");
  };

  it("is suspended by hand and by an edit, and goes on when it is planned anew", async () => {
    const id = await here.draft();
    await scheduleChange(bert, { id, ...LATER });
    expect((await suspendScheduleOf(anne, { id })).schedule).toMatchObject({ status: "suspended", reason: "by_hand" });
    expect((await scheduleChange(bert, { id, ...LATER })).schedule?.status).toBe("pending");
    await here.edit(edith, id, "#new");
    expect((await getReview(anne, { id })).schedule).toMatchObject({ status: "suspended", reason: "edited" });
    expect((await cancelScheduleOf(bert, { id })).schedule).toBeNull();
  });

  it("is resumed at its time, with the rights of whoever resumes it; not when that has passed", async () => {
    const id = await here.draft();
    await expect(resumeScheduleOf(bert, { id })).rejects.toMatchObject({ code: "conflict" });
    await scheduleChange(bert, { id, ...LATER, comment: "After the weekend" });
    await expect(resumeScheduleOf(bert, { id })).rejects.toMatchObject({ code: "conflict" });
    await suspendScheduleOf(bert, { id });
    await expect(resumeScheduleOf(edith, { id })).rejects.toMatchObject({ code: "forbidden" });
    await here.policy({ required: true });
    await expect(resumeScheduleOf(anne, { id })).rejects.toMatchObject({ code: "approval_needed" });
    await askForReview(edith, { id });
    await here.approve(bert, id);
    const { schedule } = await resumeScheduleOf(anne, { id });
    const same = { at: "2027-03-01T08:00:00.000Z", local: LATER.at, zone: LATER.zone, comment: "After the weekend" };
    expect(schedule).toMatchObject({ ...same, status: "pending", reason: null, by: { name: "Anne" } });
    await due(id);
    await here.published(id);
    expect((await listPublications(anne))[0]).toMatchObject({ requestedBy: "Anne" });
  });

  it("is suspended when its approvals are too few at that time", async () => {
    const id = await here.draft();
    await scheduleChange(bert, { id, ...LATER });
    await here.policy({ required: true });
    await suspended(id, "approvals");
  });

  it("is suspended when whoever planned it may not publish any more", async () => {
    const id = await here.draft();
    await scheduleChange(bert, { id, ...LATER });
    const demoted = "UPDATE memberships SET role = 'editor' WHERE person_id = $1";
    await world.database.asOwner(demoted, [bert.actor.id]);
    await suspended(id, "rights");
  });

  it("is suspended when something does not hold at that time", async () => {
    const id = await here.draft();
    await scheduleChange(bert, { id, ...LATER });
    await world.database.asOwner(
      `INSERT INTO expectations (id, tenant_id, version, name, body, saved_by, saved_at)
       VALUES ($1, $2, 1, 'all to b', '{"name":"all to b","labels":{"team":"x"},"receivers":["b"]}', 'x', now())`,
      [randomUUID(), anne.tenantId],
    );
    await suspended(id, "tests");
  });

  it("is refused where it is known that a freeze window holds, and by approvals that are missing", async () => {
    const first = await here.draft();
    await requestPublication(anne, { changeId: first });
    await here.published(first);
    await here.policy({ required: true, freeze: ["always", "never", "gone"] });
    const { id } = await openChange(bert, {});
    await here.edit(bert, id, "#x");
    await expect(scheduleChange(bert, { id, ...LATER })).rejects.toMatchObject({ code: "approval_needed" });
    await askForReview(bert, { id });
    await here.approve(anne, id);
    await expect(scheduleChange(bert, { id, ...LATER })).rejects.toMatchObject({ code: "publishing_frozen" });
    expect((await getReview(anne, { id })).freeze).toMatchObject([
      { name: "always", holds: true, missing: false },
      { name: "never", holds: false, missing: false },
      { name: "gone", holds: false, missing: true },
    ]);
  });

  it("is suspended when something else was published meanwhile; a merge shows both sides", async () => {
    const first = await here.draft();
    await requestPublication(anne, { changeId: first });
    await here.published(first);
    const mine = await openChange(edith, {});
    await here.edit(edith, mine.id, "#mine");
    await scheduleChange(bert, { id: mine.id, ...LATER });
    const other = await openChange(anne, {});
    await here.edit(anne, other.id, "#theirs");
    await requestPublication(anne, { changeId: other.id });
    await here.published(other.id);
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
