"use client";

import { useQueryState } from "nuqs";
import { useDeferredValue, useMemo } from "react";
import {
  type ConfigDocument,
  DEFAULT_PROFILE_ID,
  profileFor,
  type TargetProfile,
  type TemplateSymbols,
  templateDiagnostics,
  templateSymbols,
} from "@/lib/alertmanager";
import { useEditor } from "../editor/change-context";
import { type MergedFinding, mergeFindings } from "./merge-findings";

/** The file that is shown, in the address: both halves of the page read it. */
export function useOpenFile(templates: ConfigDocument["templates"]) {
  const [selected, select] = useQueryState("file");
  return { open: templates.find(({ name }) => name === selected) ?? templates[0], select };
}

/** The profiles of the tenant's targets, the strictest first; never none. */
export function useProfiles(): readonly TargetProfile[] {
  const { profiles } = useEditor();
  return useMemo(() => (profiles.length > 0 ? profiles : [DEFAULT_PROFILE_ID]).map(profileFor), [profiles]);
}

/** Names and findings of all files. They follow the typing when the browser has the time. */
export function useTemplateAnalysis(document: ConfigDocument): {
  symbols: TemplateSymbols;
  findings: readonly MergedFinding[];
} {
  const later = useDeferredValue(document);
  const profiles = useProfiles();
  return useMemo(() => {
    const found = profiles.map((profile) => ({
      version: profile.version,
      findings: templateDiagnostics(later, profile),
    }));
    return {
      symbols: templateSymbols(later, profiles[0] ?? profileFor(DEFAULT_PROFILE_ID)),
      findings: mergeFindings(found),
    };
  }, [later, profiles]);
}
