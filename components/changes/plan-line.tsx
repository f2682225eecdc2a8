"use client";

import { useTranslations } from "next-intl";

export type Plan = { added: number; changed: number; removed: number };

/** `+2 ~3 −1`, and the same in words. */
export function PlanLine({ plan }: { plan: Plan }) {
  const t = useTranslations("changes");
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
      <span className="font-mono">{t("plan")}</span>
      <span className="flex gap-2 font-mono font-medium" aria-hidden>
        <span className="text-success">+{plan.added}</span>
        <span className="text-warning">~{plan.changed}</span>
        <span className="text-critical">−{plan.removed}</span>
      </span>
      <span className="ml-auto text-12 text-muted">{t("planWords", plan)}</span>
    </div>
  );
}
