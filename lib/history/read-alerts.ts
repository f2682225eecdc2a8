import { type HeardAlert, timesOf } from "./heard-alert";

/** What the sender is answered, as Alertmanager answers it: a problem of the API, or a text of the program itself. */
export type Refusal = { status: 400 | 422; body: { code: number; message: string } | string };
export type ReadAlerts = { alerts: HeardAlert[]; refusal: Refusal | null };

/**
 * Reads the body of `POST /api/v2/alerts`. A body of a wrong shape is refused as a whole; of alerts that are wrong one by
 * one the others are taken, although the answer is an error: so does Alertmanager (0.25 to 0.34, observed).
 */
export function readAlerts(text: string, now: Date): ReadAlerts {
  if (text.trim() === "") return refused(422, 602, "alerts in body is required");
  let posted: unknown;
  try {
    posted = JSON.parse(text);
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : "invalid JSON");
  }
  if (posted === null) return { alerts: [], refusal: null };
  if (!Array.isArray(posted)) return unreadable(`cannot unmarshal ${kindOf(posted)} into a list of alerts`);
  const drafts: Draft[] = [];
  for (const [index, one] of posted.entries()) {
    const draft = readDraft(one);
    if (typeof draft === "string") return unreadable(`alert ${index}: ${draft}`);
    drafts.push(draft);
  }
  for (const [index, { labels, generatorURL }] of drafts.entries()) {
    if (labels === null) return refused(422, 602, `${index}.labels in body is required`);
    if (generatorURL !== "" && !isUri(generatorURL)) {
      return refused(422, 601, `${index}.generatorURL in body must be of type uri: ${JSON.stringify(generatorURL)}`);
    }
  }
  const alerts: HeardAlert[] = [];
  const problems: string[] = [];
  for (const { labels: given, annotations, generatorURL, startsAt, endsAt } of drafts) {
    const labels = withoutEmpty(given ?? {});
    const times = timesOf(startsAt, endsAt, now);
    const problem = problemOf(labels, annotations, times);
    if (problem) problems.push(problem);
    else alerts.push({ labels, annotations, generatorURL, ...times });
  }
  return { alerts, refusal: problems.length > 0 ? { status: 400, body: problems.join("; ") } : null };
}

interface Draft {
  labels: Record<string, string> | null;
  annotations: Record<string, string>;
  generatorURL: string;
  startsAt: Date | null;
  endsAt: Date | null;
}

/** One alert, or what is wrong with its shape. */
function readDraft(posted: unknown): Draft | string {
  if (!isObject(posted)) return `cannot unmarshal ${kindOf(posted)} into an alert`;
  // Go takes keys in any case, and the last of several.
  const fields = new Map(Object.entries(posted).map(([key, value]) => [key.toLowerCase(), value]));
  const labels = textsOf(fields.get("labels"), "labels");
  if (typeof labels === "string") return labels;
  const annotations = textsOf(fields.get("annotations"), "annotations");
  if (typeof annotations === "string") return annotations;
  const generatorURL = fields.get("generatorurl") ?? "";
  if (typeof generatorURL !== "string") return `cannot unmarshal ${kindOf(generatorURL)} into generatorURL`;
  const startsAt = timeOf(fields.get("startsat"), "startsAt");
  if (typeof startsAt === "string") return startsAt;
  const endsAt = timeOf(fields.get("endsat"), "endsAt");
  if (typeof endsAt === "string") return endsAt;
  return { labels, annotations: annotations ?? {}, generatorURL, startsAt, endsAt };
}

function textsOf(value: unknown, name: string): Record<string, string> | null | string {
  if (value === undefined || value === null) return null;
  if (!isObject(value)) return `cannot unmarshal ${kindOf(value)} into ${name}`;
  const texts: Record<string, string> = {};
  for (const [key, text] of Object.entries(value)) {
    if (text !== null && typeof text !== "string")
      return `cannot unmarshal ${kindOf(text)} into ${name} of type string`;
    // PostgreSQL's JSON has no NUL, and half a surrogate pair is what Go reads as U+FFFD.
    texts[clean(key)] = clean(text ?? "");
  }
  return texts;
}

function clean(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}

const DATE_TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?$/;

/** Go's zero time and an empty text are no time. */
function timeOf(value: unknown, name: string): Date | null | string {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value !== "string") return `cannot unmarshal ${kindOf(value)} into ${name} of type string`;
  const zoned = /(?:[Zz]|[+-]\d\d:?\d\d)$/.test(value) ? value : `${value}Z`;
  const time = DATE_TIME.test(value) ? new Date(zoned.replace(" ", "T")) : new Date(Number.NaN);
  if (Number.isNaN(time.getTime())) return `parsing time ${JSON.stringify(value)} of ${name}`;
  return time.toISOString().startsWith("0001-01-01T00:00:00") ? null : time;
}

function problemOf(
  labels: Record<string, string>,
  annotations: Record<string, string>,
  { startsAt, endsAt }: { startsAt: Date; endsAt: Date },
): string | null {
  if (endsAt < startsAt) return "start time must be before end time";
  if (Object.keys(labels).length === 0) return "at least one label pair required";
  if (Object.hasOwn(labels, "")) return 'invalid label set: invalid name ""';
  return Object.hasOwn(annotations, "") ? 'invalid annotations: invalid name ""' : null;
}

/** Go's `url.ParseRequestURI`: with a scheme, or from the root. */
function isUri(text: string): boolean {
  return /^(?:\/|[a-zA-Z][a-zA-Z0-9+.-]*:)/.test(text) && !/[\p{Cc}]/u.test(text);
}

function withoutEmpty(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([name, value]) => value !== "" || name === ""));
}

function refused(status: 400 | 422, code: number, message: string): ReadAlerts {
  return { alerts: [], refusal: { status, body: { code, message } } };
}

function unreadable(reason: string): ReadAlerts {
  return refused(400, 400, `parsing alerts body from "" failed, because ${reason}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : value === null ? "null" : typeof value;
}
