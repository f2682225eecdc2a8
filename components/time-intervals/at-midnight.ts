import type { Json } from "@/lib/alertmanager";
import { getIn } from "../fields/set-at";

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Alertmanager knows no range over midnight: what was meant by one, in two. `null` for every other range. */
export function atMidnight(range: Json): Json[] | null {
  const [start, end] = [getIn(range, ["start_time"]), getIn(range, ["end_time"])];
  if (typeof start !== "string" || typeof end !== "string" || !TIME.test(start) || !TIME.test(end)) return null;
  if (start <= end) return null;
  const evening = { start_time: start, end_time: "24:00" };
  return end === "00:00" ? [evening] : [evening, { start_time: "00:00", end_time: end }];
}
