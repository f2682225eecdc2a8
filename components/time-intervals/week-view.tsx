"use client";

import { Clock } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type CalendarDay, type CalendarSpan, dateAt, type MinuteRange } from "@/lib/alertmanager";
import { cn } from "../ui/cn";
import { clockOf, minuteAt, printDay, utcOf } from "./calendar-days";

const HOURS = [0, 3, 6, 9, 12, 15, 18, 21];
const DAY_MINUTES = 1440;
/** Below this a stretch has no room for a text. */
const ROOM = 60;

/** Seven days beside each other, from midnight to midnight as clocks there show it. */
export function WeekView({ days, zone, now }: { days: readonly CalendarDay[]; zone: string; now: number }) {
  const t = useTranslations("time-intervals.calendar");
  const today = printDay(dateAt(zone, now));
  return (
    <div className="grid grid-cols-[34px_minmax(0,1fr)]">
      <div className="relative mt-11 h-[432px] text-11 text-muted" aria-hidden>
        {HOURS.map((hour) => (
          <span key={hour} className="absolute right-1.5 -translate-y-1/2 first:translate-y-0" style={at(hour * 60)}>
            {clockOf(hour * 60)}
          </span>
        ))}
      </div>
      <ol className="grid grid-cols-7 border-l" aria-label={t("weekLabel")}>
        {days.map((day) => (
          <DayColumn key={printDay(day)} day={day} now={printDay(day) === today ? now : null} />
        ))}
      </ol>
    </div>
  );
}

function at(minute: number) {
  return { top: `${(minute / DAY_MINUTES) * 100}%` };
}

function box({ start, end }: MinuteRange) {
  return { ...at(start), height: `${((end - start) / DAY_MINUTES) * 100}%` };
}

function DayColumn({ day, now }: { day: CalendarDay; now: number | null }) {
  const t = useTranslations("time-intervals.calendar");
  const format = useFormatter();
  const date = utcOf(day);
  const hours = (day.to - day.from) / 3_600_000;
  const text = useDayText()(day);
  return (
    <li className="min-w-0 border-r" data-day={printDay(day)}>
      <div className={cn("grid h-11 content-center border-b text-center", now !== null && "font-semibold")}>
        <span className="truncate text-11 text-muted" aria-hidden>
          {format.dateTime(date, { weekday: "short", timeZone: "UTC" })}
        </span>
        <span className="flex items-center justify-center gap-1 text-12" aria-hidden>
          {format.dateTime(date, { day: "numeric", timeZone: "UTC" })}
          {hours === 24 ? null : (
            <span
              className="inline-flex items-center gap-0.5 text-11 font-normal text-muted"
              title={t("dst", { hours })}
            >
              <Clock className="size-3" />
              <span className="max-sm:hidden">{t("hours", { hours })}</span>
            </span>
          )}
        </span>
      </div>
      <p className="sr-only">
        {format.dateTime(date, { dateStyle: "full", timeZone: "UTC" })}
        {now === null ? "" : ` (${t("today")})`}: {text}
      </p>
      <div className="relative h-[432px]" aria-hidden>
        {HOURS.slice(1).map((hour) => (
          <div key={hour} className="absolute inset-x-0 border-t" style={at(hour * 60)} />
        ))}
        {day.skipped.map((gap) => (
          <div
            key={gap.start}
            className="absolute inset-x-0 grid place-items-center overflow-hidden border-y border-dashed border-line-field bg-panel text-11 leading-none text-muted"
            style={box(gap)}
            title={t("skipped", { from: clockOf(gap.start), to: clockOf(gap.end) })}
          >
            {t("noSuchTime")}
          </div>
        ))}
        {day.spans.map((span) => (
          <Stretch key={span.from} span={span} halved={day.repeated.some((one) => overlap(one, span))} />
        ))}
        {now === null ? null : <NowLine day={day} now={now} />}
      </div>
    </li>
  );
}

function overlap(one: MinuteRange, other: MinuteRange): boolean {
  return one.start < other.end && other.start < one.end;
}

/** What a clock shows twice stands in two halves, the second time at the right. */
function Stretch({ span, halved }: { span: CalendarSpan; halved: boolean }) {
  const [from, to] = [clockOf(span.start), clockOf(span.end)];
  return (
    <div
      className={cn(
        "absolute overflow-hidden rounded-sm border border-line-field bg-pressed px-0.5 text-center text-11 leading-[14px] tabular-nums",
        halved ? (span.again ? "right-0 left-1/2" : "right-1/2 left-0.5") : "inset-x-0.5",
      )}
      style={box(span)}
      title={`${from}–${to}`}
    >
      {span.end - span.start >= ROOM ? (
        <span className="flex h-full flex-col justify-between">
          <span>{from}</span>
          {span.end - span.start >= 2 * ROOM ? <span>{to}</span> : null}
        </span>
      ) : null}
    </div>
  );
}

function NowLine({ day, now }: { day: CalendarDay; now: number }) {
  return <div className="absolute inset-x-0 border-t-2 border-text" style={at(minuteAt(day, now))} />;
}

/** A day in words: when the interval holds, and that clocks are changed. */
export function useDayText(): (day: CalendarDay) => string {
  const t = useTranslations("time-intervals.calendar");
  const format = useFormatter();
  return (day) => {
    const hours = (day.to - day.from) / 3_600_000;
    const spans = day.spans.map(({ start, end, again }) => {
      const words = { from: clockOf(start), to: clockOf(end) };
      return again ? t("spanAgain", words) : t("span", words);
    });
    const whole = day.held === day.to - day.from && day.held > 0;
    const parts = [whole ? t("allDay") : spans.length === 0 ? t("notAtAll") : format.list(spans)];
    for (const { start, end } of day.skipped) parts.push(t("skipped", { from: clockOf(start), to: clockOf(end) }));
    for (const { start, end } of day.repeated) parts.push(t("repeated", { from: clockOf(start), to: clockOf(end) }));
    if (hours !== 24) parts.push(t("dst", { hours }));
    return parts.join("; ");
  };
}
