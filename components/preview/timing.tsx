"use client";

import { useFormatter, useNow, useTranslations } from "next-intl";
import { memo } from "react";
import { printDuration } from "@/lib/alertmanager/go/duration";
import type { Reach } from "../editor/worker-protocol";
import { PaneSection } from "./pane-section";

const DAY = 86_400_000;

/** When a receiver is heard of, if an alert came now: the times of the first route that leads to it. */
export const Timing = memo(({ timing }: Pick<Reach, "timing">) => {
  const t = useTranslations("preview.when");
  const format = useFormatter();
  const now = useNow();
  if (!timing) return null;
  const { group_wait, group_interval, repeat_interval } = timing;
  const first = now.getTime() + group_wait;
  const rows = [
    { key: "group_wait", at: first, after: group_wait, text: t("first") },
    { key: "group_interval", at: first + group_interval, after: group_interval, text: t("joined") },
    { key: "repeat_interval", at: first + repeat_interval, after: repeat_interval, text: t("again") },
  ];
  return (
    <PaneSection title={t("title")} aside={t("simulated")}>
      <dl className="divide-y">
        {rows.map(({ key, at, after, text }) => (
          <div key={key} className="flex flex-wrap items-baseline gap-x-3 py-1.5">
            <dt className="font-mono text-12" suppressHydrationWarning>
              {format.dateTime(new Date(at), {
                ...(at - first < DAY ? {} : { day: "numeric", month: "short" }),
                ...{ hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false },
              })}
            </dt>
            <dd>{text}</dd>
            <dd className="ml-auto font-mono text-12 whitespace-nowrap text-muted">
              {key} {printDuration(after)}
            </dd>
          </div>
        ))}
      </dl>
    </PaneSection>
  );
});
Timing.displayName = "Timing";
