import type { Json, JsonObject, Path } from "../config/types";
import { goQuote } from "../go/quote";
import type { DiagnosticCode } from "../validation/diagnostic-codes";

/** A problem of one time interval item; `path` starts below the item. */
export interface TimeIntervalProblem {
  code: DiagnosticCode;
  path: Path;
  params: Record<string, string | number>;
  upstream?: string;
  severity?: "warning";
}

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const TIME = /^((([01][0-9])|(2[0-3])):[0-5][0-9])$|(^24:00$)/;

const RANGE_KEYS = ["weekdays", "days_of_month", "months", "years"] as const;

/** Problems of one item of a time interval, in the order in which it is written, with upstream's words. */
export function timeIntervalItemProblems(item: JsonObject): TimeIntervalProblem[] {
  const problems: TimeIntervalProblem[] = [];
  for (const key of Object.keys(item)) {
    if (key === "times") {
      list(item.times).forEach((range, index) => {
        // An empty item is a range of no time, which upstream does not look at.
        if (range !== null && typeof range === "object") {
          problems.push(...timeProblems(range as JsonObject, ["times", index]));
        }
      });
    } else if (key === "location") {
      if (typeof item.location === "string") problems.push(...locationProblems(item.location));
    } else {
      const kind = RANGE_KEYS.find((name) => name === key);
      if (kind) problems.push(...rangeProblems(item, kind));
    }
  }
  return problems;
}

function rangeProblems(item: JsonObject, key: (typeof RANGE_KEYS)[number]): TimeIntervalProblem[] {
  return list(item[key]).flatMap((range, index) => {
    if (range === null || typeof range === "object") return [];
    const problem = RANGES[key](String(range).toLowerCase());
    return problem ? [{ path: [key, index], ...problem }] : [];
  });
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

function timeProblems(range: JsonObject, path: Path): TimeIntervalProblem[] {
  const start = text(range.start_time);
  const end = text(range.end_time);
  if (start === "" || end === "") {
    return [{ code: "time_both_required", path, params: {}, upstream: "both start and end times must be provided" }];
  }
  const problems = [
    { key: "start_time", value: start },
    { key: "end_time", value: end },
  ]
    .filter(({ value }) => !TIME.test(value))
    .map(({ key, value }): TimeIntervalProblem => {
      const upstream = `couldn't parse timestamp ${value}, invalid format`;
      return { code: "invalid_time", path: [...path, key], params: { value }, upstream };
    });
  if (problems.length === 0 && start >= end) {
    const upstream = "start time cannot be equal or greater than end time";
    problems.push({ code: "time_order", path, params: {}, upstream });
  }
  return problems;
}

function text(value: Json | undefined): string {
  return value === undefined || value === null || typeof value === "object" ? "" : String(value);
}

type RangeProblem = Omit<TimeIntervalProblem, "path"> | null;

function bounds(value: string): { begin: string; end: string } | null {
  const parts = value.split(":");
  if (parts.length > 2) return null;
  return { begin: parts[0]!, end: parts[1] ?? parts[0]! };
}

function invalidRange(value: string): RangeProblem {
  return { code: "invalid_range", params: { value }, upstream: `couldn't parse range ${value}, invalid format` };
}

function order(value: string, upstream: string): RangeProblem {
  return { code: "range_order", params: { value }, upstream };
}

function atoi(value: string): number | null {
  return /^[-+]?[0-9]+$/.test(value) ? Number(value) : null;
}

function notANumber(code: DiagnosticCode, value: string): RangeProblem {
  return { code, params: { value }, upstream: `strconv.Atoi: parsing ${goQuote(value)}: invalid syntax` };
}

const RANGES: Record<"weekdays" | "days_of_month" | "months" | "years", (value: string) => RangeProblem> = {
  weekdays(value) {
    const range = bounds(value);
    if (!range) return invalidRange(value);
    for (const day of [range.begin, range.end]) {
      if (WEEKDAYS.includes(day)) continue;
      return { code: "invalid_weekday", params: { value: day }, upstream: `${day} is not a valid weekday` };
    }
    const ordered = WEEKDAYS.indexOf(range.begin) <= WEEKDAYS.indexOf(range.end);
    return ordered ? null : order(value, "start day cannot be before end day");
  },
  days_of_month(value) {
    const range = bounds(value);
    if (!range) return invalidRange(value);
    const days: number[] = [];
    for (const written of [range.begin, range.end]) {
      const day = atoi(written);
      if (day === null) return notANumber("invalid_day_of_month", written);
      days.push(day);
    }
    for (const day of days) {
      if (day !== 0 && day >= -31 && day <= 31) continue;
      const upstream = `${day} is not a valid day of the month: out of range`;
      return { code: "invalid_day_of_month", params: { value: day }, upstream };
    }
    const [begin, end] = days as [number, number];
    if (begin < 0 && end > 0) return order(value, "end day must be negative if start day is negative");
    // Upstream compares as if the month had 28 days.
    const from = begin < 0 ? 28 + begin : begin;
    const to = end < 0 ? 28 + end : end;
    return from <= to ? null : order(value, `end day ${end} is always before start day ${begin}`);
  },
  months(value) {
    const range = bounds(value);
    if (!range) return invalidRange(value);
    const months: number[] = [];
    for (const written of [range.begin, range.end]) {
      const named = MONTHS.indexOf(written) + 1;
      const month = named || atoi(written);
      if (month === null) {
        return { code: "invalid_month", params: { value: written }, upstream: `${written} is not a valid month` };
      }
      months.push(month);
    }
    const [begin, end] = months as [number, number];
    if (begin > end) {
      const upstream = `end month ${MONTHS[end - 1] ?? ""} is before start month ${MONTHS[begin - 1] ?? ""}`;
      return order(value, upstream);
    }
    const outside = months.find((month) => month < 1 || month > 12);
    return outside === undefined
      ? null
      : { code: "month_out_of_range", params: { value: outside }, severity: "warning" };
  },
  years(value) {
    const range = bounds(value);
    if (!range) return invalidRange(value);
    const years: number[] = [];
    for (const written of [range.begin, range.end]) {
      const year = atoi(written);
      if (year === null) return notANumber("invalid_year", written);
      years.push(year);
    }
    const [begin, end] = years as [number, number];
    return begin <= end ? null : order(value, `end year ${end} is before start year ${begin}`);
  },
};

const zones = new Map<string, boolean>();

function locationProblems(location: string): TimeIntervalProblem[] {
  if (location === "" || location === "UTC" || location === "Local") return [];
  const problem = (upstream: string): TimeIntervalProblem[] => [
    { code: "invalid_location", path: ["location"], params: { value: location }, upstream },
  ];
  if (location.includes("..") || /^[/\\]/.test(location)) {
    return problem("time: invalid location name");
  }
  let known = zones.get(location);
  if (known === undefined) {
    known = zoneExists(location);
    zones.set(location, known);
  }
  return known ? [] : problem(`unknown time zone ${location}`);
}

/** Names of the tz database in capitals only; the browser knows others (`PST`) that Go does not. */
const CAPITALS =
  /^(EST|MST|HST|GMT|UTC|UCT|WET|CET|MET|EET|PRC|ROC|ROK|GB|NZ|W-SU|NZ-CHAT|GMT[-+]?0|EST5EDT|CST6CDT|MST7MDT|PST8PDT)$/;

/** Go reads file names, so that case counts; the browser does not mind it. */
function zoneExists(location: string): boolean {
  const supported = Intl.supportedValuesOf("timeZone");
  if (supported.includes(location)) return true;
  const lower = location.toLowerCase();
  if (supported.some((name) => name.toLowerCase() === lower)) return false;
  if (!/^[A-Z][A-Za-z0-9_+-]*(\/[A-Z][A-Za-z0-9_+-]*)*$/.test(location)) return false;
  if (!/[a-z]/.test(location) && !CAPITALS.test(location)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: location });
    return true;
  } catch {
    return false;
  }
}
