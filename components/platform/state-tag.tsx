"use client";

import { useTranslations } from "next-intl";
import type { TenantState } from "@/lib/tenancy/tiers/contract";
import { Severity } from "../ui/severity";

const LEVELS = { active: "success", suspended: "warning", deleted: "critical" } as const;

export function StateTag({ state }: { state: TenantState }) {
  const t = useTranslations("platform.states");
  return <Severity level={LEVELS[state]}>{t(state)}</Severity>;
}
