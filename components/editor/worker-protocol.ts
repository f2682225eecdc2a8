import type { ConfigDocument, Diagnostic, Path, SecretFactsByRef } from "@/lib/alertmanager";
import type { Finding } from "../fields/judges";
import type { Patch } from "./document-patch";
import type { LiveText } from "./live-text";
import type { TextChange } from "./text-change";

/** How the worker's copy of the document becomes ours: what changed since the last message, or all of it. */
export type DocumentUpdate = { whole: ConfigDocument } | { patches: readonly Patch[] };

export type WorkerRequest =
  | {
      kind: "analyse";
      sequence: number;
      update: DocumentUpdate;
      /** `null`: as in the last message. */
      secrets: SecretFactsByRef | null;
      /** Each target judges by its own profile; an error for one of them is an error. None means the newest. */
      profiles: readonly string[];
      /** Its place in the new text is answered along. */
      watched: Path | null;
    }
  | { kind: "locate"; sequence: number; path: Path }
  | { kind: "parse"; sequence: number; text: string; update: DocumentUpdate; profile: string | null };

/** Offsets in the YAML; `to` is exclusive. */
export type Place = { from: number; to: number };

/** `places` holds two offsets for each diagnostic, -1 where it stands nowhere in the text. They move with every keystroke, the findings seldom do. */
export type Analysis = {
  diagnostics: readonly Finding[];
  places: Int32Array;
  yaml: LiveText;
  /** Where the text says what was asked for last; null when nothing was. */
  located: Located | null;
};

export type Located = { path: Path; place: Place | null };

export type WorkerAnswer =
  | {
      kind: "analysis";
      sequence: number;
      /** `null`: as in the last answer; of the text only the edit of the last one. */
      diagnostics: readonly Finding[] | null;
      places: Int32Array;
      yaml: string | TextChange | null;
      watched: Place | null;
    }
  | { kind: "located"; sequence: number; place: Place | null }
  /** `patches` turn the configuration that was sent into the one that was read; `null` when the text cannot be read. */
  | { kind: "parsed"; sequence: number; patches: readonly Patch[] | null; diagnostics: readonly Diagnostic[] }
  | { kind: "failed"; sequence: number; message: string };
