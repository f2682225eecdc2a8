import type {
  ConfigDocument,
  Diagnostic,
  Expectation,
  IntegrationPreview,
  Path,
  PostedAlert,
  SecretFactsByRef,
  TemplateFile,
} from "@/lib/alertmanager";
import type { Finding } from "../fields/judges";
import type { Patch } from "./document-patch";
import type { FindingListEdit } from "./finding-list";
import type { LiveText } from "./live-text";
import type { TextChange } from "./text-change";

/** How the worker's copy of the document becomes ours: what changed since the last message, or all of it. */
export type DocumentUpdate = { whole: ConfigDocument } | { patches: readonly Patch[] };

/** What a version of Alertmanager brings along, by profile; without files for one, ours take their place. */
export type DefaultsByProfile = Readonly<Record<string, readonly TemplateFile[]>>;

/** A label set with the number of times that it fired in the last days. */
export type RecentAlert = { labels: Readonly<Record<string, string>>; count: number };

/** What shall stay true of an alert, under the id that it is stored with. */
export type Expected = { id: string; expectation: Expectation };

/** By id of the route; a route that is not named got none. */
export type CountsByRoute = Readonly<Record<string, number>>;

/** What goes along with every question about the document. */
type News = {
  sequence: number;
  update: DocumentUpdate;
  /** `null`: as in the last message; likewise `defaults`, `alerts` and `expected`. */
  secrets: SecretFactsByRef | null;
  defaults: DefaultsByProfile | null;
  alerts: readonly RecentAlert[] | null;
  expected: readonly Expected[] | null;
};

type Look = News & {
  /** Each target judges by its own profile; an error for one of them is an error. None means the newest. */
  profiles: readonly string[];
  /** Its place in the new text is answered along. */
  watched: Path | null;
};

export type WorkerRequest =
  | (Look & { kind: "analyse" })
  /** The next part of what takes longer: lints, recent alerts by route, what the notifications of all receivers would come to. */
  | (Look & { kind: "check" })
  | (News & {
      kind: "preview";
      question: PreviewQuestion;
      /** The answer of this number about the same receiver is still at hand; only what differs from it is sent. */
      known: number | null;
    })
  | { kind: "locate"; sequence: number; path: Path }
  | { kind: "parse"; sequence: number; text: string; update: DocumentUpdate; profile: string | null };

export type PreviewQuestion = {
  /** Id of the receiver. */
  receiver: string;
  profile: string;
  /** What all cases are made from; null: the usual sample. */
  sample: PostedAlert | null;
  /** The present in RFC 3339. */
  now: string;
};

/** A route that brings alerts to a receiver, with all matchers on the way to it. */
export type ReachingRoute = { id: string; number: string; matchers: readonly ReachingMatcher[] };
type ReachingMatcher = { name: string; op: string; value: string };

/** Who reaches a receiver and when it is heard of; durations in milliseconds are those of the first of these routes. */
export type Reach = {
  /** The first of them only. */
  routes: readonly ReachingRoute[];
  count: number;
  timing: { group_wait: number; group_interval: number; repeat_interval: number } | null;
};

/** What a receiver would send. Of two answers, what is the same is the same object. */
export type Previewed = {
  number: number;
  profile: string;
  integrations: readonly IntegrationPreview[];
  reach: Reach;
};

/** Offsets in the YAML; `to` is exclusive. */
export type Place = { from: number; to: number };

/** `places` holds two offsets for each diagnostic, -1 where it stands nowhere in the text. They move with every keystroke, the findings seldom do. */
export type Analysis = {
  diagnostics: readonly Finding[];
  places: Int32Array;
  yaml: LiveText;
  /** Where the text says what was asked for last; null when nothing was. */
  located: Located | null;
  /** How often alerts of the last days fired; null as long as no alerts are known. */
  counts: CountsByRoute | null;
  /** Some parts were not looked at since they changed; what was found before stands until then. */
  more: boolean;
};

export type Located = { path: Path; place: Place | null };

export type WorkerAnswer =
  | {
      /** What the request's kind was: what checks find comes as another look at the same document. */
      kind: "analysis" | "checked";
      sequence: number;
      /** `null`: as in the last answer; of findings and text only the edit of the last one. */
      diagnostics: FindingListEdit | null;
      places: Int32Array;
      yaml: string | TextChange | null;
      watched: Place | null;
      /** `same`: as in the last answer. */
      counts: CountsByRoute | null | "same";
      more: boolean;
    }
  | {
      kind: "previewed";
      sequence: number;
      /** `null`: there is no such receiver. */
      preview: {
        /** `null`: as in the answer that is known. */
        integrations: readonly (IntegrationPreview | null)[];
        reach: Reach | null;
      } | null;
    }
  | { kind: "located"; sequence: number; place: Place | null }
  /** `patches` turn the configuration that was sent into the one that was read; `null` when the text cannot be read. */
  | { kind: "parsed"; sequence: number; patches: readonly Patch[] | null; diagnostics: readonly Diagnostic[] }
  | { kind: "failed"; sequence: number; message: string };
