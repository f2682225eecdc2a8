"use client";

import { useTranslations } from "next-intl";
import { Notice } from "../ui/severity";
import { pageLoss } from "./receiver-rows";
import type { BehaviourReport } from "./report";
import { DAYS } from "./use-behaviour";

const NAMED = 5;

/** Who is paged less than before, by name; nothing when nobody is. */
export function PageLossNotice({ report }: { report: BehaviourReport | undefined }) {
  const t = useTranslations("behaviour.pageLoss");
  const loss = report ? pageLoss(report) : null;
  if (!report || !loss) return null;
  const { receivers, unheard } = loss;
  const further = receivers.length - NAMED;
  return (
    <Notice
      level={unheard > 0 ? "critical" : "warning"}
      role="alert"
      title={t("title", { count: receivers.length })}
      className="items-start"
    >
      <ul className="mt-1 grid gap-0.5">
        {receivers.slice(0, NAMED).map(({ receiver, pages }) => (
          <li key={receiver}>
            {t.rich(report.basis === "history" ? "one" : "oneMade", {
              name: (chunks) => <strong className="font-mono text-12 font-medium">{chunks}</strong>,
              ...{ receiver, pages, days: DAYS },
            })}
          </li>
        ))}
        {further > 0 ? <li>{t("more", { count: further })}</li> : null}
      </ul>
      <p className="mt-1 text-soft">{unheard > 0 ? t("unheard", { count: unheard }) : t("heard")}</p>
    </Notice>
  );
}
