import type { ConfigDocument, Path } from "@/lib/alertmanager";
import type { Edit } from "./document-patch";
import { NO_REVIEW, type ReviewEvent, type ReviewState } from "./review/events";

/** What a person meant, named for the audit log. Values are not repeated here: `edits` hold them, secrets only as references. */
export interface Intent {
  kind: string;
  noun: string;
  path: Path;
  label: string;
  key?: string;
}

export const EDIT_EVENTS = [
  "ReceiverAdded",
  "ReceiverChanged",
  "ReceiverRenamed",
  "ReceiverRemoved",
  "RouteAdded",
  "RouteChanged",
  "RouteMoved",
  "RouteRemoved",
  "GlobalChanged",
  "InhibitRulesChanged",
  "TimeIntervalsChanged",
  "TemplateAdded",
  "TemplateChanged",
  "TemplateRemoved",
  "SourceEdited",
  "OtherSettingsChanged",
] as const;
export type EditEventType = (typeof EDIT_EVENTS)[number];

type Of<Type extends string, Data> = { type: Type; data: Data & Record<string, unknown> };

export type EditEvent = Of<EditEventType, { subject?: string; changes?: Intent[]; edits: Edit[] }>;

export type ChangeEvent =
  | Of<
      "ChangeOpened",
      {
        number: number;
        title: string;
        baseRevision: number | null;
        /** As JSON text, for the same reason as the values of edits. */
        document: string;
        openedBy: string;
        restores?: number;
      }
    >
  | EditEvent
  | Of<"ConfigurationImported", { receivers: number; routes: number; unknownKeys: string[]; edits: Edit[] }>
  | Of<"UnreadableSourceKept", { line: number | null; bytes: number }>
  | Of<"UnreadableSourceDropped", { reason: "read" | "dropped" }>
  | Of<"ChangeRetitled", { title: string; before: string }>
  | Of<
      "ChangeRebased",
      {
        baseRevision: number;
        before: number | null;
        edits: Edit[];
        /** Conflicts in which somebody took the published side: then whoever did it is an author too. */
        chosen?: string[];
      }
    >
  | Of<
      "ChangeFrozen",
      {
        revision: number;
        sha256: string;
        comment: string;
        secretRefs: string[];
        frozenBy: string;
        scheduled?: true;
      }
    >
  | Of<"ChangePublished", { revision: number }>
  | Of<"ChangeReopened", { revision: number; reason: string }>
  | Of<"ChangeAbandoned", Record<string, never>>
  | ReviewEvent;

export interface ChangeState {
  number: number;
  title: string;
  status: "none" | "draft" | "in_review" | "approved" | "rejected" | "scheduled" | "frozen" | "published" | "abandoned";
  baseRevision: number | null;
  revision: number | null;
  document: ConfigDocument;
  review: ReviewState;
}

export const NO_CHANGE: ChangeState = {
  number: 0,
  title: "",
  status: "none",
  baseRevision: null,
  revision: null,
  document: { config: {}, templates: [], source: null },
  review: NO_REVIEW,
};
