import { goQuote } from "../go/quote";
import type { DiagnosticCode } from "../validation/diagnostic-codes";
import { MONTHS, WEEKDAYS } from "./names";

export const RANGE_KEYS = ["weekdays", "days_of_month", "months", "years"] as const;
export type RangeKey = (typeof RANGE_KEYS)[number];

/** Both ends belong to it; days of the month below 0 count from its end. */
export interface Range {
  begin: number;
  end: number;
}

export interface RangeProblem {
  code: DiagnosticCode;
  params: Record<string, string | number>;
  upstream?: string;
  severity?: "warning";
}

/** A range may be taken with a warning: then both are there. */
export interface ReadRange {
  range: Range | null;
  problem: RangeProblem | null;
}

/** Reads one range as upstream does: `monday:friday`, `-3:-1`, `june`, `2026`; names in any case. */
export function readRange(key: RangeKey, written: string): ReadRange {
  const text = written.toLowerCase();
  const parts = text.split(":");
  if (parts.length > 2) {
    return refused("invalid_range", text, `couldn't parse range ${text}, invalid format`);
  }
  return READERS[key](text, [parts[0]!, parts[1] ?? parts[0]!]);
}

function refused(code: DiagnosticCode, value: string | number, upstream: string): ReadRange {
  return { range: null, problem: { code, params: { value }, upstream } };
}

const LIMIT = 2n ** 63n;

/** Go's `strconv.Atoi`. */
function atoi(text: string): { value: number } | { error: string } {
  const error = (reason: string) => ({ error: `strconv.Atoi: parsing ${goQuote(text)}: ${reason}` });
  if (!/^[-+]?[0-9]+$/.test(text)) return error("invalid syntax");
  const value = BigInt(text.replace("+", ""));
  return value < -LIMIT || value >= LIMIT ? error("value out of range") : { value: Number(value) };
}

/** Both ends as numbers, or the refusal of the first that is none. */
function numbers(ends: readonly string[], code: DiagnosticCode): [number, number] | ReadRange {
  const found: number[] = [];
  for (const end of ends) {
    const number = atoi(end);
    if ("error" in number) return refused(code, end, number.error);
    found.push(number.value);
  }
  return found as [number, number];
}

const READERS: Record<RangeKey, (text: string, ends: readonly [string, string]) => ReadRange> = {
  weekdays(text, ends) {
    for (const day of ends) {
      if (!WEEKDAYS.includes(day)) return refused("invalid_weekday", day, `${day} is not a valid weekday`);
    }
    const [begin, end] = ends.map((day) => WEEKDAYS.indexOf(day)) as [number, number];
    if (begin > end) return refused("range_order", text, "start day cannot be before end day");
    return { range: { begin, end }, problem: null };
  },
  days_of_month(text, ends) {
    const days = numbers(ends, "invalid_day_of_month");
    if (!Array.isArray(days)) return days;
    for (const day of days) {
      if (day !== 0 && day >= -31 && day <= 31) continue;
      return refused("invalid_day_of_month", day, `${day} is not a valid day of the month: out of range`);
    }
    const [begin, end] = days;
    if (begin < 0 && end > 0) {
      return refused("range_order", text, "end day must be negative if start day is negative");
    }
    // Upstream compares as if the month had 28 days.
    const [from, to] = [begin < 0 ? 28 + begin : begin, end < 0 ? 28 + end : end];
    if (from > to) return refused("range_order", text, `end day ${end} is always before start day ${begin}`);
    return { range: { begin, end }, problem: null };
  },
  months(text, ends) {
    const months: number[] = [];
    for (const end of ends) {
      const number = atoi(end);
      const month = MONTHS.indexOf(end) + 1 || ("value" in number ? number.value : null);
      if (month === null) return refused("invalid_month", end, `${end} is not a valid month`);
      months.push(month);
    }
    const [begin, end] = months as [number, number];
    if (begin > end) {
      const [last, first] = [MONTHS[end - 1] ?? "", MONTHS[begin - 1] ?? ""];
      return refused("range_order", text, `end month ${last} is before start month ${first}`);
    }
    const outside = months.find((month) => month < 1 || month > 12);
    if (outside === undefined) return { range: { begin, end }, problem: null };
    return {
      range: { begin, end },
      problem: { code: "month_out_of_range", params: { value: outside }, severity: "warning" },
    };
  },
  years(text, ends) {
    const years = numbers(ends, "invalid_year");
    if (!Array.isArray(years)) return years;
    const [begin, end] = years;
    if (begin > end) return refused("range_order", text, `end year ${end} is before start year ${begin}`);
    return { range: { begin, end }, problem: null };
  },
};
