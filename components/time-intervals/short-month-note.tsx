"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { shortMonths } from "@/lib/alertmanager";
import { useFields } from "../fields/environment";
import { Notice } from "../ui/severity";
import { type Intervals, knownZone } from "./calendar-days";

/** Every version so far counts a month with summer time's beginning a day short; said where it matters. */
export function ShortMonthNote({ interval, now }: { interval: Intervals; now: number }) {
  const t = useTranslations("time-intervals.shortMonth");
  const format = useFormatter();
  const { judges } = useFields();
  const months = useMemo(() => knownZone(() => shortMonths(interval, now)) ?? [], [interval, now]);
  if (months.length === 0) return null;
  const days = (list: readonly number[]) => format.list(list.map(String));
  const targets = judges.map(({ target, version, profile }) => `${target} (${version ?? profile.version})`);
  return (
    <Notice level="info">
      <p>{targets.length > 0 ? t("onTargets", { targets: format.list(targets) }) : t("everywhere")}</p>
      <ul className="list-disc pl-4">
        {months.map(({ item, zone, year, month, missed, instead }) => {
          const name = format.dateTime(Date.UTC(year, month - 1, 1), {
            month: "long",
            year: "numeric",
            timeZone: "UTC",
          });
          const words = { item: item + 1, month: name, zone, missed: days(missed), instead: days(instead) };
          return <li key={`${item}-${year}-${month}`}>{t(instead.length > 0 ? "instead" : "lost", words)}</li>;
        })}
      </ul>
    </Notice>
  );
}
