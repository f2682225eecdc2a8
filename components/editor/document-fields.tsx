"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo, useRef } from "react";
import {
  applyFix,
  type ConfigDocument,
  DEFAULT_PROFILE_ID,
  type Fix,
  type JsonObject,
  parseSecretRef,
  profileFor,
  type SecretFacts,
} from "@/lib/alertmanager";
import { sealedSecretSchema } from "@/lib/configuration/contract";
import { labelCountsQuery } from "../alert-history/queries";
import { type FieldsEnvironment, FieldsProvider } from "../fields/environment";
import type { LabelCount } from "../fields/matcher-completion";
import { api } from "../http";
import { useTenant } from "../http/tenant-context";
import { useEditor } from "./change-context";
import type { EditorState } from "./document-store";
import { useEditorState, useEdits } from "./use-change";

const NO_GLOBAL: JsonObject = {};
const NO_LABELS: readonly LabelCount[] = [];

/** Connects fields with the document: what they show, where they write, who seals their secrets. */
export function DocumentFields({ children }: { children: ReactNode }) {
  const { profiles, judges: judging, analyser } = useEditor();
  const { readOnly, set, updateConfig } = useEdits();
  const secrets = useEditorState(secretsOf);
  const global = useEditorState(globalOf);
  const receiverNames = useNames(receiverNamesOf);
  const timeIntervalNames = useNames(timeIntervalNamesOf);
  const seal = useSeal();
  const profile = profileFor(profiles[0] ?? DEFAULT_PROFILE_ID);
  const judges = useMemo(
    () => judging.map(({ name, version, profile: id }) => ({ target: name, version, profile: profileFor(id) })),
    [judging],
  );

  // It changes with none of the usual keystrokes: fields are drawn anew one by one and not all together.
  const environment = useMemo<FieldsEnvironment>(
    () => ({
      profile,
      judges,
      readOnly,
      diagnostics: analyser.index,
      secretFacts: (ref) => secrets[ref],
      global,
      receiverNames,
      timeIntervalNames,
      useLabelSuggestions,
      set,
      applyFix: (fix: Fix) => updateConfig((current) => applyFix(current, fix)),
      seal,
    }),
    [profile, judges, readOnly, analyser, secrets, global, receiverNames, timeIntervalNames, set, updateConfig, seal],
  );
  return <FieldsProvider value={environment}>{children}</FieldsProvider>;
}

/** From the tenant's own alerts; none while they are not known. */
const useLabelSuggestions: NonNullable<FieldsEnvironment["useLabelSuggestions"]> = (asked) => {
  const tenant = useTenant();
  const { data } = useQuery({ ...labelCountsQuery(tenant, asked?.name), enabled: asked !== null });
  return data ?? NO_LABELS;
};

function secretsOf({ secrets }: EditorState) {
  return secrets;
}

function globalOf({ document }: EditorState): JsonObject {
  return document.config.global ?? NO_GLOBAL;
}

function receiverNamesOf({ config }: ConfigDocument): string[] {
  return (config.receivers ?? []).map(({ name }) => name);
}

function timeIntervalNamesOf({ config }: ConfigDocument): string[] {
  return [...(config.time_intervals ?? []), ...(config.mute_time_intervals ?? [])].map(({ name }) => name);
}

/** The same list as long as it holds the same names; read once for each document, however often React asks. */
function useNames(read: (document: ConfigDocument) => string[]): readonly string[] {
  const last = useRef<{ document: ConfigDocument | null; names: readonly string[] }>({ document: null, names: [] });
  return useEditorState(({ document }) => {
    const { current } = last;
    if (current.document === document) return current.names;
    const names = read(document);
    const same = names.length === current.names.length && names.every((name, index) => name === current.names[index]);
    last.current = { document, names: same ? current.names : names };
    return last.current.names;
  });
}

function useSeal(): FieldsEnvironment["seal"] {
  const tenant = useTenant();
  const { learnSecret } = useEdits();
  return useCallback(
    async (value: string, kind: SecretFacts["kind"], current?: string) => {
      const secretId = parseSecretRef(current)?.id;
      const { ref, facts } = await api(tenant.endpoint("secrets"), {
        method: "POST",
        body: { value, kind, ...(secretId ? { secretId } : {}) },
        schema: sealedSecretSchema,
      });
      learnSecret(ref, facts);
      return ref;
    },
    [tenant, learnSecret],
  );
}
