"use client";

import { ChevronLeft, ChevronRight, Circle, CircleDot } from "lucide-react";
import { useFormatter, useNow, useTimeZone, useTranslations } from "next-intl";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { type ReactNode, useDeferredValue, useMemo } from "react";
import { containsInstant, dateAt, timeIntervalItemProblems, zoneNames } from "@/lib/alertmanager";
import { getIn } from "../fields/set-at";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { Notice } from "../ui/severity";
import {
  type Intervals,
  knownZone,
  mondayOf,
  plusDays,
  printDay,
  readDay,
  utcOf,
  weekOf,
  yearOf,
} from "./calendar-days";
import { NextSwitches } from "./next-switches";
import { ShortMonthNote } from "./short-month-note";
import { WeekView } from "./week-view";
import { extentClasses, YearView } from "./year-view";
import { ZoneChooser } from "./zone-input";

const VIEWS = ["week", "year"] as const;

/** When an interval holds: a week or a year of a place, and what comes next. All calendars of the page show the same. */
export function Calendar({ name, interval: written }: { name: string; interval: Intervals }) {
  const t = useTranslations("time-intervals");
  const interval = useDeferredValue(written);
  const now = useMinute();
  const viewer = useViewerZone();
  const [chosenZone, setZone] = useQueryState("zone", parseAsString);
  const [view, setView] = useQueryState("calendar", parseAsStringLiteral(VIEWS).withDefault("week"));
  const [chosenDay, setDay] = useQueryState("day", parseAsString);
  const zone = chosenZone !== null && zoneNames().includes(chosenZone) ? chosenZone : viewer;
  const today = knownZone(() => dateAt(zone, now));
  const date = chosenDay !== null && readDay(chosenDay) ? chosenDay : today && printDay(today);
  const day = useMemo(() => readDay(date), [date]);
  const holds = useMemo(() => knownZone(() => containsInstant(interval, now)), [interval, now]);
  const days = useMemo(() => {
    if (!day) return null;
    return view === "week" ? weekOf(interval, zone, day) : yearOf(interval, zone, day.year);
  }, [interval, zone, view, day]);

  const step = (by: 1 | -1) => {
    if (!day) return;
    const next = view === "week" ? plusDays(day, 7 * by) : { year: day.year + by, month: 1, day: 1 };
    void setDay(printDay(next));
  };
  return (
    <section className="grid gap-3 border-t px-4 py-3" aria-label={t("calendar.label", { name })}>
      <div className="flex flex-wrap items-center gap-2">
        <h2 className="mr-auto text-12 font-medium text-muted">{t("calendar.title")}</h2>
        <Holding holds={holds} />
      </div>
      {hasRefusedItem(interval) ? <Notice level="warning">{t("calendar.refused")}</Notice> : null}
      <ShortMonthNote interval={interval} now={now} />
      <div className="flex flex-wrap items-center gap-2">
        <Button size="icon-sm" aria-label={t(`calendar.previous.${view}`)} onClick={() => step(-1)}>
          <ChevronLeft aria-hidden />
        </Button>
        <Button size="icon-sm" aria-label={t(`calendar.next.${view}`)} onClick={() => step(1)}>
          <ChevronRight aria-hidden />
        </Button>
        <Button size="sm" onClick={() => void setDay(null)}>
          {t("calendar.today")}
        </Button>
        <span className="min-w-0 font-medium" aria-live="polite">
          {day ? <Period view={view} day={day} /> : null}
        </span>
        <fieldset aria-label={t("calendar.view")} className="ml-auto flex gap-1">
          {VIEWS.map((one) => (
            <Button key={one} size="sm" aria-pressed={one === view} onClick={() => void setView(one)}>
              {t(`calendar.views.${one}`)}
            </Button>
          ))}
        </fieldset>
        <ZoneChooser
          zone={zone}
          viewer={viewer}
          zones={locationsOf(interval)}
          choose={(next) => void setZone(next === viewer ? null : next)}
        />
      </div>
      {days === null || !day ? (
        <Notice level="warning">{t("calendar.unknownZone", { zone })}</Notice>
      ) : view === "week" ? (
        <WeekView days={days} zone={zone} now={now} />
      ) : (
        <>
          <Legend />
          <YearView
            key={day.year}
            days={days}
            zone={zone}
            now={now}
            chosen={printDay(day)}
            open={(next) => {
              void setDay(next);
              void setView("week");
            }}
          />
        </>
      )}
      <h2 className="text-12 font-medium text-muted">{t("switches.title")}</h2>
      <NextSwitches name={name} interval={interval} zone={zone} now={now} />
    </section>
  );
}

/** Now, to the minute: nothing changes in between. */
export function useMinute(): number {
  const now = useNow({ updateInterval: 30_000 });
  return Math.floor(now.getTime() / 60_000) * 60_000;
}

/** The reader's own, where Alertmanager's names have it. */
function useViewerZone(): string {
  const zone = useTimeZone() ?? "UTC";
  return zoneNames().includes(zone) ? zone : "UTC";
}

function locationsOf({ time_intervals: items }: Intervals): string[] {
  const found = (Array.isArray(items) ? items : []).map((item) => getIn(item, ["location"]));
  return found.flatMap((one) => (typeof one === "string" && zoneNames().includes(one) ? [one] : []));
}

/** Such an item contains nothing, which must not be taken for what was meant. */
function hasRefusedItem({ time_intervals: items }: Intervals): boolean {
  return (items ?? []).some((item) => {
    const problems = typeof item === "object" && item !== null ? timeIntervalItemProblems(item) : [];
    return problems.some(({ severity }) => severity !== "warning");
  });
}

/** Shape and word. */
export function Holding({ holds }: { holds: boolean | null }): ReactNode {
  const t = useTranslations("time-intervals");
  if (holds === null) return null;
  const Icon = holds ? CircleDot : Circle;
  return (
    <span className={cn("inline-flex items-center gap-1 text-12", holds ? "font-medium text-text" : "text-muted")}>
      <Icon className="size-3.5" aria-hidden />
      {t(holds ? "holds" : "holdsNot")}
    </span>
  );
}

function Period({ view, day }: { view: (typeof VIEWS)[number]; day: { year: number; month: number; day: number } }) {
  const format = useFormatter();
  if (view === "year") return String(day.year);
  const monday = mondayOf(day);
  return format.dateTimeRange(new Date(utcOf(monday)), new Date(utcOf(plusDays(monday, 6))), {
    ...{ year: "numeric", month: "short", day: "numeric", timeZone: "UTC" },
  });
}

function Legend() {
  const t = useTranslations("time-intervals.calendar");
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted">
      {(["all", "part", "none"] as const).map((extent) => (
        <li key={extent} className="inline-flex items-center gap-1.5">
          <span
            className={cn("inline-block size-4 rounded-sm", extentClasses[extent], extent === "none" && "border")}
            aria-hidden
          />
          {t(`legend.${extent}`)}
        </li>
      ))}
      <li className="inline-flex items-center gap-1.5">
        <span className="inline-block size-2 rotate-45 border border-current" aria-hidden />
        {t("legend.dst")}
      </li>
    </ul>
  );
}
