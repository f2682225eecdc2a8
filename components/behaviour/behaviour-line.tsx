"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Config } from "@/lib/alertmanager";
import { ErrorNotice } from "../http";
import { profileName } from "../preview/profile-name";
import { Select } from "../ui/select";
import type { Judges } from "./judges-of";
import type { BehaviourReport } from "./report";
import { type Behaviour, DAYS } from "./use-behaviour";

/** The second plan line: what a change does to alerts, in numbers and in words. */
export function BehaviourLine({
  behaviour: { report, judges, truncated, error, retry },
  before,
  after,
}: {
  behaviour: Behaviour;
  before: Config;
  after: Config;
}) {
  const t = useTranslations("behaviour");
  if (error) return <ErrorNotice error={error} onRetry={retry} className="m-3" />;
  const comparable = before.route !== undefined && after.route !== undefined;
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-t px-4 py-2.5" aria-live="polite">
      <span className="font-mono">
        {t("behaviour")} <BehaviourNumbers report={report} before={before} after={after} />
      </span>
      {report && comparable ? (
        <span className="text-12 text-muted">
          {t(report.basis === "history" ? "words" : "wordsMade", { alerts: report.alerts })}
          {furtherOf(t, report).map((text) => ` ${text}`)}
          {truncated ? ` ${t("truncated")}` : null}
        </span>
      ) : null}
      <JudgeChoice judges={judges} />
    </div>
  );
}

/** Whose routing it is; where targets route otherwise, the reader says which. */
function JudgeChoice({ judges: { profile, all, choose } }: { judges: Judges }) {
  const t = useTranslations("behaviour");
  const format = useFormatter();
  if (profile === null) return null;
  const nameOf = (id: string) => {
    const targets = all.find((judge) => judge.profile === id)?.targets ?? [];
    return t("asTarget", { targets: format.list(targets), profile: profileName(id) });
  };
  if (all.length === 1) return <span className="text-12 text-muted">{nameOf(profile)}</span>;
  return (
    <Select
      aria-label={t("chooseTarget")}
      className="w-auto max-w-full"
      value={profile}
      onChange={(event) => choose(event.target.value)}
    >
      {all.map((judge) => (
        <option key={judge.profile} value={judge.profile}>
          {nameOf(judge.profile)}
        </option>
      ))}
    </Select>
  );
}

function BehaviourNumbers({
  report,
  before,
  after,
}: {
  report: BehaviourReport | undefined;
  before: Config;
  after: Config;
}) {
  const t = useTranslations("behaviour");
  if (!before.route) return <span className="text-muted">{t("nothingBefore")}</span>;
  if (!after.route) return <span className="text-muted">{t("nothingAfter")}</span>;
  if (!report) return <span className="text-muted">{t("comparing", { days: DAYS })}</span>;
  return <strong className="font-medium">{numbersOf(t, report)}</strong>;
}

type Words = ReturnType<typeof useTranslations<"behaviour">>;

/** What else there is beside alerts that change receivers. */
function furtherOf(t: Words, { notifications, regrouped, renamed }: BehaviourReport): string[] {
  const sum = (side: "before" | "after") => notifications.reduce((total, one) => total + one[side], 0);
  const groups = regrouped.groups > 0 || renamed.length > 0;
  return [
    ...(notifications.length > 0 ? [t("notifications", { before: sum("before"), after: sum("after") })] : []),
    ...(groups ? [t("again", { groups: regrouped.groups, renamed: renamed.length })] : []),
  ];
}

/** "14 gained, 3 lost, 120 moved in 7 days". */
export function numbersOf(t: Words, report: BehaviourReport): string {
  const { basis, alerts, gained, lost, moved, urgencies } = report;
  const made = basis === "witnesses";
  if (gained + lost + moved > 0) return t(made ? "made" : "numbers", { gained, lost, moved, alerts, days: DAYS });
  if (urgencies.length > 0 || furtherOf(t, report).length > 0) return t("sameReceivers");
  return made ? t("noChangeMade", { alerts }) : t("noChange", { days: DAYS });
}
