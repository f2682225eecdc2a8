import { foldFirings, type PastAlerts, type PastFiring } from "@/lib/alertmanager";

/** What is wrong with a history that somebody gave. */
export class BadHistory extends Error {}

const SHAPE =
  "history must be a list of alerts with labels, from and to (times such as 2026-06-15T12:00:00Z, or seconds)";

/**
 * A history as it is given: a list of `{labels, from, to}`, or `{sets: [{labels, firings}]}` as the app exports it (starts
 * and ends in turn).
 */
export function pastAlertsOf(given: unknown): PastAlerts[] {
  if (Array.isArray(given)) return foldFirings(given.map(firingOf));
  if (!isObject(given) || !Array.isArray(given.sets)) throw new BadHistory(SHAPE);
  return foldFirings(given.sets.flatMap(firingsOf));
}

/** The text of a file: JSON, or a JSON object a line. */
export function readPastAlerts(text: string): PastAlerts[] {
  try {
    return pastAlertsOf(JSON.parse(text));
  } catch (error) {
    if (error instanceof BadHistory) throw error;
  }
  try {
    return pastAlertsOf(
      text
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line): unknown => JSON.parse(line)),
    );
  } catch {
    throw new BadHistory(SHAPE);
  }
}

function firingOf(given: unknown): PastFiring {
  if (!isObject(given)) throw new BadHistory(SHAPE);
  const [from, to] = [secondsOf(given.from), secondsOf(given.to)];
  if (from > to) throw new BadHistory("an alert of the history ends before it begins");
  return { labels: labelsOf(given.labels), from, to };
}

function firingsOf(given: unknown): PastFiring[] {
  if (!isObject(given) || !Array.isArray(given.firings) || given.firings.length % 2 > 0) throw new BadHistory(SHAPE);
  const times: unknown[] = given.firings;
  return times.flatMap((from, at) => (at % 2 > 0 ? [] : [firingOf({ labels: given.labels, from, to: times[at + 1] })]));
}

function labelsOf(given: unknown): Record<string, string> {
  if (!isObject(given) || !Object.values(given).every((value) => typeof value === "string"))
    throw new BadHistory(SHAPE);
  return given as Record<string, string>;
}

function secondsOf(given: unknown): number {
  const seconds = typeof given === "string" ? Date.parse(given) / 1_000 : given;
  if (typeof seconds !== "number" || !Number.isFinite(seconds)) throw new BadHistory(SHAPE);
  return seconds;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
