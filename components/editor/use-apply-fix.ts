"use client";

import type { Fix } from "@/lib/alertmanager";
import { applyFix } from "@/lib/alertmanager/diff/apply-fix";
import { useEdits } from "./use-change";

export function useApplyFix(): (fix: Fix) => void {
  const { updateConfig } = useEdits();
  return (fix) => updateConfig((config) => applyFix(config, fix));
}
