import { toBytes } from "../go/bytes";
import { compareBytes } from "../go/value";

/** One alert as Alertmanager stores it. */
export interface StoredAlert {
  /** Tells the label set: equal for equal labels. */
  readonly key: string;
  /** Sorted by name, none of them empty. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: number;
  readonly endsAt: number;
  /** When it was posted. */
  readonly updatedAt: number;
  /** `endsAt` was not given but follows from `resolve_timeout`. */
  readonly timeout: boolean;
}

export function isResolved({ endsAt }: StoredAlert, now: number): boolean {
  return endsAt <= now;
}

/** Labels in the order of their names, without empty ones. */
export function cleanLabels(labels: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(labels).filter(([, value]) => value !== "");
  return Object.fromEntries(kept.sort(([left], [right]) => compareText(left, right)));
}

/**
 * Upstream's merge of a stored alert with a newer one of the same labels whose time spans overlap: the earliest start;
 * the newer end, unless the stored one ends later and is no mere timeout.
 */
export function mergeAlerts(stored: StoredAlert, newer: StoredAlert, now: number): StoredAlert {
  const later = stored.endsAt > newer.endsAt;
  const keeps = isResolved(newer, now) ? isResolved(stored, now) && later : later && !stored.timeout;
  return {
    ...newer,
    startsAt: Math.min(stored.startsAt, newer.startsAt),
    endsAt: keeps ? stored.endsAt : newer.endsAt,
  };
}

/** The order of alerts in a notification: by `job`, by `instance`, then fewer labels first, then by name and value. */
export function compareAlerts({ labels: left }: StoredAlert, { labels: right }: StoredAlert): number {
  for (const name of ["job", "instance"]) {
    const [one, other] = [left[name], right[name]];
    if (one === undefined && other === undefined) continue;
    if (one === undefined) return 1;
    if (other === undefined) return -1;
    if (one !== other) return compareText(one, other);
  }
  const [ones, others] = [Object.entries(left), Object.entries(right)];
  if (ones.length !== others.length) return ones.length - others.length;
  for (const [index, [name, value]] of ones.entries()) {
    const [otherName, otherValue] = others[index]!;
    // The set that lacks the first name of both comes first.
    if (name !== otherName) return compareText(otherName, name);
    if (value !== otherValue) return compareText(value, otherValue);
  }
  return 0;
}

function compareText(left: string, right: string): number {
  return left === right ? 0 : compareBytes(toBytes(left), toBytes(right));
}
