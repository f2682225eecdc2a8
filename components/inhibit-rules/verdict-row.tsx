"use client";

import { BellOff, BellRing } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { AlertChips } from "./alert-chips";
import type { Verdict } from "./judge-alerts";

type VerdictRowProps = { verdict: Verdict; named: (profile: string) => string };

/** What becomes of one alert, and where targets do not agree about it. */
export function VerdictRow({ verdict, named }: VerdictRowProps) {
  const t = useTranslations("inhibit-rules");
  const { labels, inhibitedBy, muting, passing } = verdict;
  const Icon = inhibitedBy.length > 0 ? BellOff : BellRing;
  return (
    <li className="grid gap-1 border-t px-4 py-2">
      <span className="flex items-start gap-2">
        <Icon className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
        <span className="grid min-w-0 gap-1">
          <AlertChips labels={labels} />
          {inhibitedBy.length === 0 ? <span className="text-muted">{t("tester.notMuted")}</span> : null}
          {inhibitedBy.map(({ rule, name, sources }) => (
            <span key={rule} className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
              <span>{t("tester.mutedBy", { rule: name || t("rule", { number: rule + 1 }) })}</span>
              {sources[0] ? <AlertChips labels={sources[0]} /> : null}
              {sources.length > 1 ? (
                <span className="text-muted">{t("tester.moreSources", { count: sources.length - 1 })}</span>
              ) : null}
            </span>
          ))}
          {muting.length > 0 && passing.length > 0 ? (
            <Disagreement muting={muting} passing={passing} named={named} />
          ) : null}
        </span>
      </span>
    </li>
  );
}

/** Since 0.30 a rule remembers one source only: said where that decides. */
function Disagreement({
  muting,
  passing,
  named,
}: Pick<Verdict, "muting" | "passing"> & Pick<VerdictRowProps, "named">) {
  const t = useTranslations("inhibit-rules.tester");
  const format = useFormatter();
  return (
    <span className="text-12 text-soft">
      {t("disagree", { muting: format.list(muting.map(named)), passing: format.list(passing.map(named)) })}
    </span>
  );
}
