import type { Config, ConfigDocument, Diagnostic, SecretFactsByRef } from "@/lib/alertmanager";

export type WorkerRequest =
  | {
      kind: "analyse";
      sequence: number;
      document: ConfigDocument;
      secrets: SecretFactsByRef;
      /** Each target judges by its own profile; an error for one of them is an error. */
      profiles: readonly string[];
    }
  | { kind: "parse"; sequence: number; text: string; previous: Config; profile: string };

export type Analysis = { diagnostics: readonly Diagnostic[]; yaml: string };
export type Parsed = { config: Config | null; diagnostics: readonly Diagnostic[] };

export type WorkerAnswer =
  | { kind: "analysis"; sequence: number; analysis: Analysis }
  | { kind: "parsed"; sequence: number; parsed: Parsed }
  | { kind: "failed"; sequence: number; message: string };
