"use client";

import { applyFix, type Fix } from "@/lib/alertmanager";
import { useChange } from "./use-change";

export function useApplyFix(): (fix: Fix) => void {
  const { updateConfig } = useChange();
  return (fix) => updateConfig((config) => applyFix(config, fix));
}
