"use client";

import { Circle, CircleDot } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useMemo } from "react";
import { intervalSwitches } from "@/lib/alertmanager";
import { Table, Td, Th, Tr } from "../ui/table";
import { type Intervals, knownZone } from "./calendar-days";

const COUNT = 10;

type NextSwitchesProps = { name: string; interval: Intervals; zone: string; now: number };

/** When the interval begins and ends to hold next. */
export function NextSwitches({ name, interval, zone, now }: NextSwitchesProps) {
  const t = useTranslations("time-intervals.switches");
  const format = useFormatter();
  const switches = useMemo(
    () => knownZone(() => intervalSwitches(interval, now, { count: COUNT })) ?? [],
    [interval, now],
  );
  if (switches.length === 0) return <p className="text-12 text-muted">{t("none")}</p>;
  return (
    <Table label={t("label", { name })}>
      <thead>
        <tr>
          <Th>{t("what")}</Th>
          <Th>{t("when")}</Th>
          <Th numeric>{t("relative")}</Th>
        </tr>
      </thead>
      <tbody>
        {switches.map(({ at, contains }) => {
          const Icon = contains ? CircleDot : Circle;
          return (
            <Tr key={at}>
              <Td>
                <span className="inline-flex items-center gap-1.5">
                  <Icon className="size-3.5 text-muted" aria-hidden />
                  {t(contains ? "begins" : "ends")}
                </span>
              </Td>
              <Td className="whitespace-nowrap">
                <time dateTime={new Date(at).toISOString()}>
                  {format.dateTime(at, {
                    ...{ weekday: "short", year: "numeric", month: "short", day: "numeric" },
                    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone, timeZoneName: "short" },
                  })}
                </time>
              </Td>
              <Td numeric className="text-muted">
                {format.relativeTime(at, now)}
              </Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}
