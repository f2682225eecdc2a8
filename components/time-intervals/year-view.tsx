"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import { type CalendarDay, dateAt } from "@/lib/alertmanager";
import { cn } from "../ui/cn";
import { extentOf, plusDays, printDay, utcOf } from "./calendar-days";
import { useCycleNames } from "./range-toggles";
import { useDayText } from "./week-view";
import { IN_ORDER } from "./written-ranges";

type YearViewProps = {
  days: readonly CalendarDay[];
  zone: string;
  now: number;
  /** The day that the week view would show. */
  chosen: string;
  open: (day: string) => void;
};

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** Twelve months; a day opens its week. The keys move as in a calendar of paper. */
export function YearView({ days, zone, now, chosen, open }: YearViewProps) {
  const t = useTranslations("time-intervals.calendar");
  const grid = useRef<HTMLFieldSetElement>(null);
  const [first] = days;
  const [focused, setFocused] = useState(chosen);
  const known = days.some((day) => printDay(day) === focused);
  const tabbable = known ? focused : first ? printDay(first) : "";
  const today = printDay(dateAt(zone, now));

  const move = (event: KeyboardEvent) => {
    const at = days.find((day) => printDay(day) === tabbable);
    const step = STEPS[event.key];
    if (!at || step === undefined) return;
    event.preventDefault();
    const next = printDay(plusDays(at, step));
    const button = grid.current?.querySelector<HTMLElement>(`[data-day="${next}"]`);
    if (!button) return;
    setFocused(next);
    button.focus();
  };
  return (
    <fieldset
      ref={grid}
      aria-label={t("yearLabel")}
      className="grid min-w-0 grid-cols-[repeat(auto-fill,minmax(182px,1fr))] gap-x-4 gap-y-3"
      onKeyDown={move}
      onFocus={({ target }) => setFocused((before) => target.dataset.day ?? before)}
    >
      {IN_ORDER.months.map((number) => (
        <Month
          key={number}
          days={days.filter(({ month }) => month === number)}
          today={today}
          tabbable={tabbable}
          open={open}
        />
      ))}
    </fieldset>
  );
}

type MonthProps = { days: readonly CalendarDay[]; today: string; tabbable: string; open: (day: string) => void };

function Month({ days, today, tabbable, open }: MonthProps) {
  const format = useFormatter();
  const nameOf = useCycleNames("weekdays");
  const [first] = days;
  if (!first) return null;
  return (
    <table className="w-full table-fixed border-collapse self-start text-center">
      <caption className="pb-0.5 text-left text-12 font-medium">
        {format.dateTime(utcOf(first), { month: "long", timeZone: "UTC" })}
      </caption>
      <thead>
        <tr>
          {IN_ORDER.weekdays.map((weekday) => (
            <th key={weekday} scope="col" abbr={nameOf(weekday, "long")} className="text-11 font-normal text-muted">
              {nameOf(weekday, "short").slice(0, 2)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(days).map((week) => (
          <tr key={week.find((day) => day)?.day}>
            {IN_ORDER.weekdays.map((weekday, column) => {
              const day = week[column];
              return (
                <td key={weekday} className="p-px">
                  {day ? <DayCell day={day} today={today} tabbable={tabbable} open={open} /> : null}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Rows from Monday to Sunday. */
function weeksOf(days: readonly CalendarDay[]): (CalendarDay | undefined)[][] {
  const blanks = Array.from<undefined>({ length: ((days[0]?.weekday ?? 1) + 6) % 7 });
  const cells = [...blanks, ...days];
  return cells.flatMap((_, index) => (index % 7 === 0 ? [cells.slice(index, index + 7)] : []));
}

function DayCell({ day, today, tabbable, open }: { day: CalendarDay } & Omit<MonthProps, "days">) {
  const format = useFormatter();
  const text = useDayText()(day);
  const name = printDay(day);
  const date = format.dateTime(utcOf(day), { dateStyle: "full", timeZone: "UTC" });
  const extent = extentOf(day);
  return (
    <button
      type="button"
      data-day={name}
      data-extent={extent}
      tabIndex={name === tabbable ? 0 : -1}
      title={text}
      aria-label={`${date}: ${text}`}
      aria-current={name === today ? "date" : undefined}
      onClick={() => open(name)}
      className={cn(
        "relative grid h-6 w-full place-items-center rounded-sm text-11 tabular-nums",
        extentClasses[extent],
        name === today && "font-semibold underline underline-offset-2",
      )}
    >
      {day.day}
      {day.to - day.from === 86_400_000 ? null : (
        <span className="absolute top-0.5 right-0.5 size-1.5 rotate-45 border border-current" aria-hidden />
      )}
    </button>
  );
}

/** All day: a full box. A part of it: a bar below. */
export const extentClasses = {
  all: "bg-soft text-panel",
  part: "border-b-4 border-soft hover:bg-hover",
  none: "hover:bg-hover",
} as const;
