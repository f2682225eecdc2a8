import type { PostedAlert } from "@/lib/alertmanager";
import { UsageError } from "./arguments";

/** A list of alerts as they are posted to `/api/v2/alerts`, or as that answers; what a notification does not hold is left out. */
export function readAlerts(text: string, file: string): PostedAlert[] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!Array.isArray(read) || read.length === 0) {
    throw new UsageError(`${file} must be a list of alerts: [{"labels": {"alertname": "…"}, "annotations": {…}}]`);
  }
  return read.map((alert, index) => alertOf(alert, `${file}: alert ${index + 1}`));
}

function alertOf(alert: unknown, place: string): PostedAlert {
  if (!isObject(alert)) throw new UsageError(`${place} must be an object.`);
  const { labels, annotations, startsAt, endsAt, generatorURL } = alert;
  if (!isTexts(labels) || Object.keys(labels).length === 0) {
    throw new UsageError(`${place}: labels must be an object of strings with one at least.`);
  }
  if (annotations !== undefined && !isTexts(annotations)) {
    throw new UsageError(`${place}: annotations must be an object of strings.`);
  }
  const texts = Object.entries({ startsAt, endsAt, generatorURL }).filter(([, value]) => value !== undefined);
  for (const [name, value] of texts) {
    if (typeof value !== "string") throw new UsageError(`${place}: ${name} must be a string.`);
    if (name !== "generatorURL" && Number.isNaN(Date.parse(value))) {
      throw new UsageError(`${place}: ${name} must be a time such as 2026-01-31T08:00:00Z.`);
    }
  }
  return { labels, ...(annotations === undefined ? {} : { annotations }), ...Object.fromEntries(texts) };
}

function isTexts(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
