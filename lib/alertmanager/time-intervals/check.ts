import type { Json, JsonObject, Path } from "../config/types";
import { loadZone } from "../go/time";
import type { DiagnosticCode } from "../validation/diagnostic-codes";
import { RANGE_KEYS, type RangeKey, readRange } from "./ranges";

/** A problem of one time interval item; `path` starts below the item. */
export interface TimeIntervalProblem {
  code: DiagnosticCode;
  path: Path;
  params: Record<string, string | number>;
  upstream?: string;
  severity?: "warning";
}

const TIME = /^((([01][0-9])|(2[0-3])):[0-5][0-9])$|(^24:00$)/;

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

function rangeProblems(item: JsonObject, key: RangeKey): TimeIntervalProblem[] {
  return list(item[key]).flatMap((range, index) => {
    if (range === null || typeof range === "object") return [];
    const { problem } = readRange(key, String(range));
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

function locationProblems(location: string): TimeIntervalProblem[] {
  const upstream = /(?:^[/\\])|\.\./.test(location) ? "time: invalid location name" : `unknown time zone ${location}`;
  if (loadZone(location)) return [];
  return [{ code: "invalid_location", path: ["location"], params: { value: location }, upstream }];
}
