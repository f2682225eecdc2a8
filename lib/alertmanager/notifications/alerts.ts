import { toBytes } from "../go/bytes";
import { type GoTime, unixNanoseconds, ZERO_TIME } from "../go/time";
import { timeJson } from "../go/time-format";
import { parseJsonTime } from "../go/time-parse";
import { compareBytes } from "../go/value";
import type { TemplateAlert } from "../templates";

/** One alert as it is posted to `/api/v2/alerts`; times in RFC 3339. */
export interface PostedAlert {
  labels: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
  startsAt?: string;
  /** In the past: the alert is resolved. */
  endsAt?: string;
  generatorURL?: string;
}

/** An alert as it is kept. */
export interface StoredAlert {
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  startsAt: GoTime;
  /** `null` while it is firing. */
  endsAt: GoTime | null;
  generatorURL: string;
  fingerprint: string;
}

export const ZERO = "0001-01-01T00:00:00Z";

/** Takes a posted alert in, on top of what is known of it. `now` is when; without it every `endsAt` has passed. */
export function storeAlert(posted: PostedAlert, known: StoredAlert | undefined, now: GoTime | null): StoredAlert {
  const labels = withoutEmpty(posted.labels);
  const ends = timeOf(posted.endsAt);
  const endsAt = ends && (!now || !isBefore(now, ends)) ? ends : null;
  const starts = timeOf(posted.startsAt) ?? ends ?? now ?? ZERO_TIME;
  const startsAt = known && known.endsAt === null && isBefore(known.startsAt, starts) ? known.startsAt : starts;
  return {
    labels,
    annotations: posted.annotations ?? {},
    startsAt,
    endsAt,
    generatorURL: posted.generatorURL ?? "",
    fingerprint: fingerprintOfPosted(posted.labels, labels),
  };
}

function timeOf(text: string | undefined): GoTime | null {
  const time = text === undefined ? null : parseJsonTime(toBytes(text));
  return time && unixNanoseconds(time) !== unixNanoseconds(ZERO_TIME) ? time : null;
}

function isBefore(left: GoTime, right: GoTime): boolean {
  return unixNanoseconds(left) < unixNanoseconds(right);
}

function withoutEmpty(labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ""));
}

function sortedNames(labels: Readonly<Record<string, string>>): string[] {
  return Object.keys(labels).sort((left, right) => compareBytes(toBytes(left), toBytes(right)));
}

const OFFSET = { high: 0xcbf29ce4, low: 0x84222325 };
/** 2⁴⁰ more is the prime. */
const PRIME = 0x1b3;

/** Upstream's fingerprint of a label set: FNV-1a of names and values, each with a byte 255 behind it. */
export function fingerprintOf(labels: Readonly<Record<string, string>>): string {
  let { high, low } = OFFSET;
  for (const name of sortedNames(labels)) {
    const bytes = `${toBytes(name)}\xff${toBytes(labels[name]!)}\xff`;
    for (let at = 0; at < bytes.length; at++) {
      low = (low ^ bytes.charCodeAt(at)) >>> 0;
      const product = low * PRIME;
      high = (Math.imul(high, PRIME) + Math.floor(product / 0x1_0000_0000) + (low << 8)) >>> 0;
      low = product >>> 0;
    }
  }
  return [high, low].map((half) => half.toString(16).padStart(8, "0")).join("");
}

const fingerprints = new WeakMap<PostedAlert["labels"], string>();

/** One alert is taken in more than once. */
function fingerprintOfPosted(posted: PostedAlert["labels"], labels: PostedAlert["labels"]): string {
  const known = fingerprints.get(posted) ?? fingerprintOf(labels);
  fingerprints.set(posted, known);
  return known;
}

/** The order of alerts in a notification: by job, then by instance, those without behind; then by all labels. */
export function sortAlerts(alerts: readonly StoredAlert[]): StoredAlert[] {
  return [...alerts].sort((left, right) => {
    for (const name of ["job", "instance"]) {
      const [one, other] = [left.labels[name], right.labels[name]];
      if (one === other) continue;
      if (one === undefined) return 1;
      if (other === undefined) return -1;
      return compareBytes(toBytes(one), toBytes(other));
    }
    return compareLabels(left.labels, right.labels);
  });
}

/** Fewer labels first, then the first difference by name, then by value. */
function compareLabels(left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>): number {
  const [names, others] = [sortedNames(left), sortedNames(right)];
  if (names.length !== others.length) return names.length - others.length;
  for (const [index, name] of names.entries()) {
    const byName = compareBytes(toBytes(name), toBytes(others[index]!));
    if (byName !== 0) return byName;
    const byValue = compareBytes(toBytes(left[name]!), toBytes(right[name]!));
    if (byValue !== 0) return byValue;
  }
  return 0;
}

export function templateAlert(alert: StoredAlert): TemplateAlert {
  const { labels, annotations, generatorURL, fingerprint } = alert;
  return {
    status: alert.endsAt ? "resolved" : "firing",
    labels,
    annotations,
    startsAt: printTime(alert.startsAt),
    endsAt: alert.endsAt ? printTime(alert.endsAt) : ZERO,
    generatorURL,
    fingerprint,
  };
}

function printTime(time: GoTime): string {
  const json = timeJson(time);
  return json.ok ? json.text : ZERO;
}

/** What all label sets (or annotations) have in common. */
export function commonPairs(sets: readonly Readonly<Record<string, string>>[]): Record<string, string> {
  const [first = {}, ...rest] = sets;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) =>
      rest.every((set) => Object.hasOwn(set, name) && set[name] === value),
    ),
  );
}
