import type { ConfigDocument } from "@/lib/alertmanager";
import { AppError } from "@/lib/errors";
import { applyEdits, documentEdits, type Edit, plain } from "./document-patch";
import { editEvents } from "./edit-events";
import { type ChangeEvent, type ChangeState, EDIT_EVENTS, NO_CHANGE } from "./events";
import { cancelSchedule, requireExisting, requireOpen, staleAfter } from "./review/decider";
import { REVIEW_EVENTS, type ReviewEvent, type ReviewState } from "./review/events";
import { endSchedule, evolveReview, moved, standingOf } from "./review/evolve";

const IS_EDIT: ReadonlySet<string> = new Set([...EDIT_EVENTS, "ConfigurationImported"]);
const IS_REVIEW: ReadonlySet<string> = new Set(REVIEW_EVENTS);
const CLOSED: ReadonlySet<ChangeState["status"]> = new Set(["none", "frozen", "published", "abandoned"]);

export function evolve(state: ChangeState, event: ChangeEvent): ChangeState {
  if (isReview(event)) return settled(state, evolveReview(state.review, event));
  const next = step(state, event);
  const edits = event.data.edits;
  return Array.isArray(edits) && edits.length > 0 ? settled(next, moved(next.review)) : next;
}

function isEdit(event: ChangeEvent): event is Extract<ChangeEvent, { data: { edits: Edit[] } }> {
  return IS_EDIT.has(event.type);
}

function isReview(event: ChangeEvent): event is ReviewEvent {
  return IS_REVIEW.has(event.type);
}

function settled(state: ChangeState, review: ReviewState): ChangeState {
  const status = CLOSED.has(state.status) ? state.status : standingOf(review);
  return { ...state, review, status };
}

function step(state: ChangeState, event: ChangeEvent): ChangeState {
  switch (event.type) {
    case "ChangeOpened": {
      const { number, title, baseRevision, document } = event.data;
      return {
        ...NO_CHANGE,
        status: "draft",
        number,
        title,
        baseRevision,
        document: JSON.parse(document) as ConfigDocument,
      };
    }
    case "ChangeRetitled":
      return { ...state, title: event.data.title };
    case "ChangeRebased":
      return {
        ...state,
        baseRevision: event.data.baseRevision,
        document: applyEdits(state.document, event.data.edits),
      };
    case "ChangeFrozen":
      return {
        ...state,
        status: "frozen",
        revision: event.data.revision,
        review: event.data.scheduled ? started(state.review) : state.review,
      };
    case "ChangePublished":
      return { ...state, status: "published", review: endSchedule(state.review, { published: true, detail: "" }) };
    case "ChangeReopened": {
      const review = endSchedule(state.review, { published: false, detail: event.data.reason });
      return { ...state, review, status: standingOf(review) };
    }
    case "UnreadableSourceKept":
    case "UnreadableSourceDropped":
      return state;
    case "ChangeAbandoned":
      return { ...state, status: "abandoned" };
    default:
      return isEdit(event) ? { ...state, document: applyEdits(state.document, event.data.edits) } : state;
  }
}

function started(review: ReviewState): ReviewState {
  return review.schedule ? { ...review, schedule: { ...review.schedule, status: "started" } } : review;
}

export interface Opening {
  number: number;
  title: string;
  baseRevision: number | null;
  document: ConfigDocument;
  /** Opaque id of the person. */
  openedBy: string;
  restores?: number;
}

export function open(state: ChangeState, { restores, ...opening }: Opening): ChangeEvent[] {
  if (state.status !== "none") throw new AppError("conflict", "A change with this id exists already.");
  const data = {
    ...opening,
    document: JSON.stringify(opening.document),
    ...(restores === undefined ? {} : { restores }),
  };
  return [{ type: "ChangeOpened", data }];
}

export function edit(state: ChangeState, next: ConfigDocument): ChangeEvent[] {
  requireOpen(state);
  return staleAfter(state, editEvents(state.document, plain(next)), "edited");
}

export interface ImportReport {
  receivers: number;
  routes: number;
  unknownKeys: string[];
}

export function importDocument(state: ChangeState, next: ConfigDocument, report: ImportReport): ChangeEvent[] {
  requireOpen(state);
  const edits = documentEdits(state.document, next);
  if (edits.length === 0) return [];
  return staleAfter(state, [{ type: "ConfigurationImported", data: { ...report, edits } }], "edited");
}

export function retitle(state: ChangeState, title: string): ChangeEvent[] {
  requireExisting(state);
  return title === state.title ? [] : [{ type: "ChangeRetitled", data: { title, before: state.title } }];
}

/** Onto what was published since; `merged` is this change's document with that in it. */
export function rebase(
  state: ChangeState,
  baseRevision: number,
  merged: ConfigDocument,
  chosen: readonly string[] = [],
): ChangeEvent[] {
  requireOpen(state);
  if (baseRevision === state.baseRevision) return [];
  const edits = documentEdits(state.document, merged);
  const picked = chosen.length > 0 ? { chosen: [...chosen] } : {};
  const data = { baseRevision, before: state.baseRevision, edits, ...picked };
  return staleAfter(state, [{ type: "ChangeRebased", data }], "rebased");
}

export interface Freezing {
  revision: number;
  sha256: string;
  comment: string;
  secretRefs: string[];
  frozenBy: string;
  scheduled?: true;
}

export function freeze(state: ChangeState, freezing: Freezing): ChangeEvent[] {
  requireOpen(state);
  const planned = freezing.scheduled ? [] : cancelSchedule(state, freezing.frozenBy, "published");
  return [...planned, { type: "ChangeFrozen", data: { ...freezing } }];
}

export function publish(state: ChangeState, revision: number): ChangeEvent[] {
  if (state.status === "published" && state.revision === revision) return [];
  requireFrozenAs(state, revision);
  return [{ type: "ChangePublished", data: { revision } }];
}

export function reopen(state: ChangeState, revision: number, reason: string): ChangeEvent[] {
  if (!CLOSED.has(state.status) && state.revision === revision) return [];
  requireFrozenAs(state, revision);
  return [{ type: "ChangeReopened", data: { revision, reason } }];
}

export function abandon(state: ChangeState, by: string): ChangeEvent[] {
  if (state.status === "abandoned") return [];
  requireOpen(state);
  return [...cancelSchedule(state, by, "abandoned"), { type: "ChangeAbandoned", data: {} }];
}

function requireFrozenAs(state: ChangeState, revision: number): void {
  requireExisting(state);
  if (state.status === "frozen" && state.revision === revision) return;
  throw new AppError("conflict", "This change is not being published as this revision.", {
    status: state.status,
    revision: state.revision,
  });
}
