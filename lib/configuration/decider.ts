import type { ConfigDocument } from "@/lib/alertmanager";
import { AppError } from "@/lib/errors";
import { applyEdits, documentEdits, plain } from "./document-patch";
import { editEvents } from "./edit-events";
import { type ChangeEvent, type ChangeState, EDIT_EVENTS, NO_CHANGE } from "./events";

const IS_EDIT: ReadonlySet<string> = new Set([...EDIT_EVENTS, "ConfigurationImported"]);

export function evolve(state: ChangeState, event: ChangeEvent): ChangeState {
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
      return { ...state, status: "frozen", revision: event.data.revision };
    case "ChangePublished":
      return { ...state, status: "published" };
    case "ChangeReopened":
      return { ...state, status: "draft" };
    case "UnreadableSourceKept":
    case "UnreadableSourceDropped":
      return state;
    case "ChangeAbandoned":
      return { ...state, status: "abandoned" };
    default:
      return IS_EDIT.has(event.type) ? { ...state, document: applyEdits(state.document, event.data.edits) } : state;
  }
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
  requireDraft(state);
  return editEvents(state.document, plain(next));
}

export interface ImportReport {
  receivers: number;
  routes: number;
  unknownKeys: string[];
}

export function importDocument(state: ChangeState, next: ConfigDocument, report: ImportReport): ChangeEvent[] {
  requireDraft(state);
  const edits = documentEdits(state.document, next);
  return edits.length === 0 ? [] : [{ type: "ConfigurationImported", data: { ...report, edits } }];
}

export function retitle(state: ChangeState, title: string): ChangeEvent[] {
  requireExisting(state);
  return title === state.title ? [] : [{ type: "ChangeRetitled", data: { title, before: state.title } }];
}

/** Onto what was published since; `merged` is this change's document with that in it. */
export function rebase(state: ChangeState, baseRevision: number, merged: ConfigDocument): ChangeEvent[] {
  requireDraft(state);
  if (baseRevision === state.baseRevision) return [];
  const edits = documentEdits(state.document, merged);
  return [{ type: "ChangeRebased", data: { baseRevision, before: state.baseRevision, edits } }];
}

export interface Freezing {
  revision: number;
  sha256: string;
  comment: string;
  secretRefs: string[];
  frozenBy: string;
}

export function freeze(state: ChangeState, freezing: Freezing): ChangeEvent[] {
  requireDraft(state);
  return [{ type: "ChangeFrozen", data: { ...freezing } }];
}

export function publish(state: ChangeState, revision: number): ChangeEvent[] {
  if (state.status === "published" && state.revision === revision) return [];
  requireFrozenAs(state, revision);
  return [{ type: "ChangePublished", data: { revision } }];
}

export function reopen(state: ChangeState, revision: number, reason: string): ChangeEvent[] {
  if (state.status === "draft" && state.revision === revision) return [];
  requireFrozenAs(state, revision);
  return [{ type: "ChangeReopened", data: { revision, reason } }];
}

export function abandon(state: ChangeState): ChangeEvent[] {
  if (state.status === "abandoned") return [];
  requireDraft(state);
  return [{ type: "ChangeAbandoned", data: {} }];
}

export function requireExisting(state: ChangeState): void {
  if (state.status === "none") throw new AppError("not_found", "There is no such change.");
}

export function requireDraft(state: ChangeState): void {
  requireExisting(state);
  if (state.status === "draft") return;
  throw new AppError("conflict", WHY_CLOSED[state.status] ?? "This change is closed.", { status: state.status });
}

const WHY_CLOSED: Readonly<Record<string, string>> = {
  frozen: "This change is being published. Wait for the publication to end, or open a new change.",
  published: "This change is published. Open a new change to edit further.",
  abandoned: "This change was abandoned. Open a new change.",
};

function requireFrozenAs(state: ChangeState, revision: number): void {
  requireExisting(state);
  if (state.status === "frozen" && state.revision === revision) return;
  throw new AppError("conflict", "This change is not being published as this revision.", {
    status: state.status,
    revision: state.revision,
  });
}
