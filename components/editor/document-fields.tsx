"use client";

import { type ReactNode, useMemo } from "react";
import { applyFix, type Diagnostic, type Path, parseSecretRef, profileFor, type SecretFacts } from "@/lib/alertmanager";
import { sealedSecretSchema } from "@/lib/configuration/contract";
import { type FieldsEnvironment, FieldsProvider } from "../fields/environment";
import { pathId } from "../fields/path-id";
import { api } from "../http";
import { useTenant } from "../http/tenant-context";
import { useChange } from "./use-change";

/** Connects fields with the document: what they show, where they write, who seals their secrets. */
export function DocumentFields({ children }: { children: ReactNode }) {
  const tenant = useTenant();
  const { config, diagnostics, profiles, readOnly, secrets, set, updateConfig, learnSecret } = useChange();

  const environment = useMemo<FieldsEnvironment>(() => {
    const byId = new Map<string, Diagnostic[]>();
    for (const diagnostic of diagnostics) {
      const id = pathId(diagnostic.path);
      byId.set(id, [...(byId.get(id) ?? []), diagnostic]);
    }
    const diagnosticsAt = (path: Path, below?: boolean) => {
      const id = pathId(path);
      if (!below) return byId.get(id) ?? [];
      return [...byId].filter(([other]) => other === id || other.startsWith(`${id}-`)).flatMap(([, found]) => found);
    };
    const seal = async (value: string, kind: SecretFacts["kind"], current?: string) => {
      const secretId = parseSecretRef(current)?.id;
      const { ref, facts } = await api(tenant.endpoint("secrets"), {
        method: "POST",
        body: { value, kind, ...(secretId ? { secretId } : {}) },
        schema: sealedSecretSchema,
      });
      learnSecret(ref, facts);
      return ref;
    };
    const intervals = [...(config.time_intervals ?? []), ...(config.mute_time_intervals ?? [])];
    return {
      profile: profileFor(profiles[0] ?? ""),
      readOnly,
      diagnosticsAt,
      secretFacts: (ref) => secrets[ref],
      global: config.global ?? {},
      receiverNames: (config.receivers ?? []).map(({ name }) => name),
      timeIntervalNames: intervals.map(({ name }) => name),
      set,
      applyFix: (fix) => updateConfig((current) => applyFix(current, fix)),
      seal,
    };
  }, [config, diagnostics, profiles, readOnly, secrets, set, updateConfig, learnSecret, tenant]);

  return <FieldsProvider value={environment}>{children}</FieldsProvider>;
}
