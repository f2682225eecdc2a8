"use client";

import { useTranslations } from "next-intl";
import { cn } from "../ui/cn";
import { LabelChips } from "./label-chips";
import type { BehaviourReport } from "./report";

const SAMPLES = 2;

/** Pages that become chats, chats that become pages. */
export function UrgencyChanges({ urgencies }: Pick<BehaviourReport, "urgencies">) {
  const t = useTranslations("behaviour.urgency");
  if (urgencies.length === 0) return null;
  return (
    <section className="border-t px-4 py-3" aria-label={t("title")}>
      <h3 className="font-medium">{t("title")}</h3>
      <p className="text-12 text-muted">{t("how")}</p>
      <ul className="mt-2 grid gap-2">
        {urgencies.map(({ from, to, alerts, samples }) => (
          <li key={`${from} ${to}`} className="grid gap-1">
            <span className={cn("font-medium", from === "page" && "text-critical")}>
              {t("line", { count: alerts, from: t(`kinds.${from}`), to: t(`kinds.${to}`) })}
            </span>
            {samples.slice(0, SAMPLES).map((labels) => (
              <span key={JSON.stringify(labels)} className="flex flex-wrap items-center gap-1 text-12 text-muted">
                {t("such")} <LabelChips labels={labels} />
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
