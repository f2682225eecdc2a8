import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConfigDocument } from "@/lib/alertmanager";
import { AppError } from "@/lib/errors";
import { abandon, edit, evolve, freeze, open, publish, rebase, reopen } from "../decider";
import { type ChangeEvent, type ChangeState, NO_CHANGE } from "../events";
import { contentOf } from "./content";
import {
  addComment,
  approve,
  cancelSchedule,
  clear,
  freshApprovals,
  reject,
  requestReview,
  resolveComment,
  schedule,
  suspendSchedule,
  withdrawReview,
} from "./decider";

const [ANNE, BERT, CLEO] = ["anne", "bert", "cleo"] as const;
const NOW = new Date("2026-11-23T12:00:00Z");
const document = (channel: string): ConfigDocument => ({
  config: { route: { id: "r", receiver: channel }, receivers: [{ id: "c", name: channel }] },
  templates: [],
  source: null,
});
const opened = open(NO_CHANGE, {
  number: 1,
  title: "First",
  baseRevision: null,
  document: document("a"),
  openedBy: ANNE,
});

type Decide = (state: ChangeState) => ChangeEvent[];

/** Each decision on what the one before it came to; events go through JSON as through the log. */
function reached(...decisions: Decide[]): ChangeState {
  const start = opened.reduce(evolve, NO_CHANGE);
  return decisions.reduce(
    (state, decide) => (JSON.parse(JSON.stringify(decide(state))) as ChangeEvent[]).reduce(evolve, state),
    start,
  );
}

const asked: Decide = (state) => requestReview(state, { by: ANNE, reviewers: [BERT] });
const approvedBy =
  (by: string, more: Partial<Parameters<typeof approve>[1]> = {}): Decide =>
  (state) =>
    approve(state, {
      by,
      content: contentOf(state.document),
      comment: "",
      authors: new Set([ANNE]),
      selfApproval: false,
      needed: 1,
      ...more,
    });
const rejectedBy =
  (by: string): Decide =>
  (state) =>
    reject(state, { by, content: contentOf(state.document), reason: "No." });
const edited =
  (channel: string): Decide =>
  (state) =>
    edit(state, document(channel));
const planned: Decide = (state) =>
  schedule(state, {
    by: BERT,
    at: new Date(NOW.getTime() + 60_000),
    zone: "Europe/Berlin",
    local: "2026-11-23T13:01",
    comment: "",
    now: NOW,
  });
const FREEZING = { revision: 1, sha256: "00", comment: "", secretRefs: [], frozenBy: BERT };
const frozen: Decide = (state) => freeze(state, { ...FREEZING, scheduled: true });

function refusal(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, ...error.details };
    throw error;
  }
  return null;
}

describe("a review", () => {
  it("goes from a draft through review to approved, and back when it is withdrawn", () => {
    expect(reached(asked).status).toBe("in_review");
    expect(reached(asked, approvedBy(BERT)).status).toBe("approved");
    expect(reached(asked, approvedBy(BERT, { needed: 2 })).status).toBe("in_review");
    expect(reached(asked, approvedBy(BERT, { needed: 2 }), approvedBy(CLEO, { needed: 2 })).status).toBe("approved");
    const withdrawn = reached(asked, approvedBy(BERT), (state) => withdrawReview(state, ANNE));
    expect(withdrawn).toMatchObject({ status: "draft", review: { verdicts: [] } });
  });

  it("is not approved by those who wrote in it, unless the tenant allows that", () => {
    const state = reached(asked);
    expect(refusal(() => approvedBy(ANNE)(state))).toMatchObject({ code: "forbidden", reason: "self_approval" });
    expect(reached(asked, approvedBy(ANNE, { selfApproval: true })).status).toBe("approved");
  });

  it("counts an approval once, however often it is given", () => {
    const state = reached(asked, approvedBy(BERT, { needed: 2 }));
    expect(approvedBy(BERT, { needed: 2 })(state)).toEqual([]);
    expect(
      reached(asked, approvedBy(BERT, { needed: 2 }), approvedBy(BERT, { needed: 2, comment: "Still." })).status,
    ).toBe("in_review");
  });

  it("refuses a verdict on something else than what the change says now, or that nobody asked for", () => {
    const content = contentOf(document("elsewhere"));
    expect(refusal(() => approvedBy(BERT, { content })(reached(asked)))).toMatchObject({
      code: "conflict",
      reason: "moved",
    });
    expect(refusal(() => approvedBy(BERT)(reached()))).toMatchObject({ code: "conflict" });
    expect(refusal(() => rejectedBy(BERT)(reached()))).toMatchObject({ code: "conflict" });
  });

  it("is rejected until it is asked for again, whoever approved it", () => {
    const state = reached(asked, approvedBy(CLEO), rejectedBy(BERT));
    expect(state.status).toBe("rejected");
    const pass = { needed: 0, because: "none", frozen: [] } as const;
    expect(refusal(() => clear(state, pass))).toMatchObject({ code: "approval_needed", reason: "rejected" });
    expect(reached(asked, rejectedBy(BERT), edited("b")).status).toBe("rejected");
    expect(reached(asked, rejectedBy(BERT), edited("b"), asked).status).toBe("in_review");
    expect(reached(asked, rejectedBy(BERT), approvedBy(BERT)).status).toBe("approved");
  });

  it("loses its approvals with an edit, and says whose", () => {
    const state = reached(asked, approvedBy(BERT));
    const types = edited("b")(state).map(({ type }) => type);
    expect(types.at(-1)).toBe("ApprovalsWentStale");
    const stale = reached(asked, approvedBy(BERT), edited("b"));
    expect(stale).toMatchObject({ status: "in_review", review: { verdicts: [{ by: BERT, stale: true }] } });
    expect(freshApprovals(stale)).toEqual([]);
    // To write what was there before does not bring them back: somebody else may have looked at the one in between.
    expect(freshApprovals(reached(asked, approvedBy(BERT), edited("b"), edited("a")))).toEqual([]);
  });

  it("keeps its approvals over a rebase that moves nothing, and loses them by one that does", () => {
    const still: Decide = (state) => rebase(state, 4, state.document);
    const moves: Decide = (state) => rebase(state, 4, document("b"));
    expect(freshApprovals(reached(asked, approvedBy(BERT), still))).toEqual([BERT]);
    expect(freshApprovals(reached(asked, approvedBy(BERT), moves))).toEqual([]);
  });

  it("is closed with the change", () => {
    const gone = reached(asked, (state) => abandon(state, ANNE));
    for (const decide of [asked, approvedBy(BERT), rejectedBy(BERT), planned]) {
      expect(refusal(() => decide(gone))).toMatchObject({ code: "conflict" });
    }
  });
});

describe("publishing", () => {
  const two = { needed: 2, because: "pages", frozen: [] } as const;

  it("takes as many approvals as are needed", () => {
    const one = reached(asked, approvedBy(BERT, { needed: 2 }));
    expect(refusal(() => clear(one, two))).toMatchObject({ code: "approval_needed", approvals: 1, needed: 2 });
    expect(clear(reached(asked, approvedBy(BERT), approvedBy(CLEO)), two)).toEqual([]);
    expect(clear(reached(), { needed: 0, because: "none", frozen: [] })).toEqual([]);
  });

  it("waits for the end of a freeze window", () => {
    const weekend = { needed: 0, because: "none", frozen: ["weekends"] } as const;
    expect(refusal(() => clear(reached(), weekend))).toMatchObject({
      code: "publishing_frozen",
      windows: ["weekends"],
    });
  });

  it("goes round both with a reason, which is told; not without need", () => {
    const bypass = { by: CLEO, reason: "The pager is down." };
    const [event] = clear(reached(), { needed: 1, because: "policy", frozen: ["weekends"] }, bypass);
    expect(event).toEqual({
      type: "BypassUsed",
      data: { ...bypass, approvals: 0, needed: 1, frozen: ["weekends"] },
    });
    expect(clear(reached(), { needed: 0, because: "none", frozen: [] }, bypass)).toEqual([]);
  });

  it("puts a change that failed back to where it stood", () => {
    const failed = reached(
      asked,
      approvedBy(BERT),
      (s) => freeze(s, FREEZING),
      (s) => reopen(s, 1, "down"),
    );
    expect(failed.status).toBe("approved");
    expect(reopen(failed, 1, "down")).toEqual([]);
  });
});

describe("a schedule", () => {
  it("is pending, then started by freezing, then gone or failed", () => {
    expect(reached(planned)).toMatchObject({ status: "scheduled", review: { schedule: { status: "pending" } } });
    expect(reached(planned, frozen)).toMatchObject({ status: "frozen", review: { schedule: { status: "started" } } });
    const done = reached(planned, frozen, (state) => publish(state, 1));
    expect(done).toMatchObject({ status: "published", review: { schedule: null } });
    const failed = reached(planned, frozen, (state) => reopen(state, 1, "down"));
    expect(failed).toMatchObject({
      status: "draft",
      review: { schedule: { status: "failed", reason: "failed", detail: "down" } },
    });
  });

  it("lies in the future, and within a year", () => {
    const at = (ms: number) => () =>
      schedule(reached(), {
        by: ANNE,
        at: new Date(NOW.getTime() + ms),
        zone: "UTC",
        local: "",
        comment: "",
        now: NOW,
      });
    expect(refusal(at(0))).toMatchObject({ code: "invalid_input" });
    expect(refusal(at(400 * 86_400_000))).toMatchObject({ code: "invalid_input" });
    expect(refusal(at(1))).toBeNull();
  });

  it.each<[string, Decide, string]>([
    ["an edit", edited("b"), "edited"],
    ["a rebase", (state) => rebase(state, 4, document("b")), "base_moved"],
    ["a hand", (state) => suspendSchedule(state, "by_hand", ""), "by_hand"],
  ])("is suspended by %s", (_name, decide, reason) => {
    expect(reached(planned, decide).review.schedule).toMatchObject({ status: "suspended", reason });
    expect(reached(planned, decide, planned).review.schedule).toMatchObject({ status: "pending", reason: null });
  });

  it("is suspended by a rejection", () => {
    expect(reached(asked, approvedBy(BERT), planned, rejectedBy(CLEO))).toMatchObject({
      status: "rejected",
      review: { schedule: { status: "suspended", reason: "approvals" } },
    });
  });

  it("is cancelled by hand, and by what overtakes it", () => {
    expect(reached(planned, (state) => cancelSchedule(state, ANNE))).toMatchObject({ status: "draft" });
    expect(reached(planned, (state) => freeze(state, FREEZING)).review.schedule).toBeNull();
    expect(reached(planned, (state) => abandon(state, ANNE)).review.schedule).toBeNull();
    expect(cancelSchedule(reached(planned, frozen), ANNE)).toEqual([]);
  });
});

describe("comments", () => {
  const ask: Decide = (state) => addComment(state, { id: "1", by: BERT, text: "Why?", place: { kind: "change" } });
  const answer: Decide = (state) =>
    addComment(state, { id: "2", by: ANNE, text: "So.", place: { kind: "change" }, replyTo: "1" });
  const solve =
    (resolved: boolean, id = "1"): Decide =>
    (state) =>
      resolveComment(state, { id, by: ANNE, resolved });

  it("are threads that are resolved once, and opened again", () => {
    expect(reached(ask, answer, solve(true)).review.comments).toMatchObject({ 1: { resolved: true } });
    expect(solve(true)(reached(ask, solve(true)))).toEqual([]);
    expect(reached(ask, solve(true), solve(false)).review.comments).toMatchObject({ 1: { resolved: false } });
    expect(refusal(() => solve(true, "2")(reached(ask, answer)))).toMatchObject({ code: "not_found" });
  });

  it("answer the thread, also when they answer an answer, and nothing that is not there", () => {
    const third: Decide = (state) =>
      addComment(state, { id: "3", by: BERT, text: "Ah.", place: { kind: "change" }, replyTo: "2" });
    expect(reached(ask, answer, third).review.comments[3]).toEqual({ replyTo: "1", resolved: false });
    expect(refusal(() => third(reached(ask)))).toMatchObject({ code: "not_found" });
  });

  it("leave approvals as they are", () => {
    expect(freshApprovals(reached(asked, approvedBy(BERT), ask, answer, solve(true)))).toEqual([BERT]);
  });
});

describe("whatever people do", () => {
  const person = fc.constantFrom(ANNE, BERT, CLEO);
  const step: fc.Arbitrary<Decide> = fc.oneof(
    fc.constant(asked),
    person.map((by) => approvedBy(by, { authors: new Set(), needed: 2 })),
    person.map((by) => rejectedBy(by)),
    person.map(
      (by): Decide =>
        (state) =>
          withdrawReview(state, by),
    ),
    fc.constantFrom("a", "b", "c").map(edited),
    fc.tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom("a", "b")).map(
      ([revision, channel]): Decide =>
        (state) =>
          rebase(state, revision, document(channel)),
    ),
    fc.constant(planned),
    person.map(
      (by): Decide =>
        (state) =>
          cancelSchedule(state, by),
    ),
    fc.constant(frozen),
    fc.constant<Decide>((state) => reopen(state, 1, "down")),
    fc.constant<Decide>((state) => publish(state, 1)),
    fc.constant<Decide>((state) => abandon(state, ANNE)),
  );

  it("never counts an approval of something else, and no state contradicts itself", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let state = reached();
        /** Who approved which content last, told without the decider. */
        const approved = new Map<string, string>();
        for (const decide of steps) {
          const before = contentOf(state.document);
          let events: ChangeEvent[] = [];
          if (refusal(() => (events = decide(state)))) continue;
          state = events.reduce(evolve, state);
          const now = contentOf(state.document);
          if (now !== before) approved.clear();
          for (const { type, data } of events) {
            if (type === "Approved") approved.set(String(data.by), now);
            if (type === "Rejected") approved.delete(String(data.by));
            if (type === "ReviewWithdrawn") approved.clear();
          }
          const fresh = freshApprovals(state);
          for (const by of fresh) expect(approved.get(by)).toBe(now);
          const planning = state.review.schedule;
          if (state.status === "scheduled") expect(planning).toMatchObject({ status: "pending", content: now });
          if (state.status === "approved") expect(fresh.length).toBeGreaterThanOrEqual(2);
          if (state.status === "in_review") expect(state.review.requested).not.toBeNull();
          if (state.status === "published" || state.status === "abandoned")
            expect(planning?.status).not.toBe("pending");
        }
      }),
      { numRuns: 300 },
    );
  });
});
