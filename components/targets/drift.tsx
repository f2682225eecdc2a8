"use client";

import { useTranslations } from "next-intl";
import type { DriftState } from "@/lib/targets/contract";
import { Severity, type SeverityLevel } from "../ui/severity";

export const DRIFT_LEVELS: Record<DriftState, SeverityLevel> = {
  in_sync: "success",
  drifted: "warning",
  foreign: "warning",
  missing: "critical",
  unpublished: "neutral",
  unreadable: "critical",
};

export function Drift({ state, className }: { state: DriftState; className?: string }) {
  const t = useTranslations("targets.drift");
  return (
    <Severity level={DRIFT_LEVELS[state]} className={className}>
      {t(state)}
    </Severity>
  );
}
