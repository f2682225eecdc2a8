import { containsInstant, parseTimeIntervals, type TargetProfile } from "@/lib/alertmanager";
import { BadRequest } from "./batch-operations";

/** Of its fractions of a second no more than milliseconds count, which no time interval can tell apart. */
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** `timeinterval`: whether a list of intervals contains an instant. */
export function timeInterval({ yaml, at }: Record<string, unknown>, profile: TargetProfile) {
  if (typeof yaml !== "string") throw new BadRequest("yaml must be a string");
  const instant = typeof at === "string" && RFC3339.test(at) ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(instant)) throw new BadRequest("at must be a time such as 2026-06-15T12:00:00Z");
  const parsed = parseTimeIntervals(yaml, profile);
  return parsed.ok ? { ok: true, contains: containsInstant(parsed.interval, instant) } : parsed;
}
