"use client";

import { createContext, type ReactNode, useContext, useSyncExternalStore } from "react";
import {
  type Field,
  type Fix,
  GLOBAL_STRUCT,
  type InheritedValue,
  type Json,
  type JsonObject,
  type Path,
  type SecretFacts,
  type TargetProfile,
} from "@/lib/alertmanager";
import type { DiagnosticsIndex } from "./diagnostics-index";
import type { Finding, Judge } from "./judges";
import type { LabelCount } from "./matcher-completion";
import { pathId } from "./path-id";

/** What a field needs of its surroundings. The editor provides it, so that fields know neither store nor transport. */
export type FieldsEnvironment = {
  /** Of the strictest target. */
  profile: TargetProfile;
  /** The targets that the configuration is for; none when the tenant has no target yet. */
  judges: readonly Judge[];
  readOnly: boolean;
  diagnostics: DiagnosticsIndex;
  secretFacts: (ref: string) => SecretFacts | undefined;
  global: JsonObject;
  /** What the absent key at `path` takes from elsewhere; `null` is nothing, `undefined` leaves it to the field's own description. */
  inheritedAt?: (path: Path) => Ghost | null | undefined;
  /** Names of labels that alerts have, or with `name` its values, most first; null asks for nothing. */
  useLabelSuggestions?: (asked: { name?: string } | null) => readonly LabelCount[];
  receiverNames: readonly string[];
  timeIntervalNames: readonly string[];
  /** `undefined` takes the key away. */
  set: (path: Path, value: Json | undefined) => void;
  applyFix: (fix: Fix) => void;
  /** Seals a plaintext and answers the reference to write instead; replaces the secret of `current`. */
  seal: (value: string, kind: SecretFacts["kind"], current?: string) => Promise<string>;
};

const Context = createContext<FieldsEnvironment | null>(null);

export function FieldsProvider({ value, children }: { value: FieldsEnvironment; children: ReactNode }) {
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useFields(): FieldsEnvironment {
  const environment = useContext(Context);
  if (!environment) throw new Error("a field needs a FieldsProvider above it");
  return environment;
}

/** Findings of the field at `path` and, for values without fields of their own, of all that lies below. */
export function useDiagnosticsAt(path: Path, below = false): readonly Finding[] {
  const { diagnostics } = useFields();
  const id = pathId(path);
  const read = () => diagnostics.of(id, below);
  return useSyncExternalStore(diagnostics.subscribe, read, read);
}

/** `above`: something else than `global`; `source` names it in the reader's words. */
export type Ghost = InheritedValue | { from: "above"; value: Json; source: string };

/** The value that an absent key takes: what its surroundings know, else that of `global`, else the struct's own default. */
export function useGhost(field: Field, path: Path): Ghost | null {
  return ghostOf(field, path, useFields());
}

export function ghostOf(
  field: Field,
  path: Path,
  { global, inheritedAt }: Pick<FieldsEnvironment, "global" | "inheritedAt">,
): Ghost | null {
  const known = inheritedAt?.(path);
  if (known !== undefined) return known;
  const keys = field.inherits === undefined ? [] : [field.inherits].flat();
  for (const key of keys) {
    const value = global[key];
    if (value !== undefined && value !== null && value !== "") return { from: "global", key, value };
  }
  for (const key of keys) {
    const value = GLOBAL_STRUCT.fields.find((candidate) => candidate.key === key)?.default;
    if (value !== undefined && value !== null && value !== "") return { from: "default", value };
  }
  if (field.default === undefined || field.default === null || field.default === "") return null;
  return { from: "default", value: field.default };
}
