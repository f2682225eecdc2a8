import { createHash } from "node:crypto";

/** One alert as somebody told us of it, with its times made out. */
export interface HeardAlert {
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  generatorURL: string;
  startsAt: Date;
  /** Until then it fires, unless something else is heard of it. */
  endsAt: Date;
}

/** Alertmanager's `resolve_timeout`: an alert that nobody says an end of is over after it. */
const RESOLVE_TIMEOUT_MS = 5 * 60_000;

/** The times that Alertmanager gives an alert that was posted at `now` without some of them. */
export function timesOf(startsAt: Date | null, endsAt: Date | null, now: Date): { startsAt: Date; endsAt: Date } {
  return {
    startsAt: startsAt ?? (endsAt && endsAt < now ? endsAt : now),
    endsAt: endsAt ?? new Date(now.getTime() + RESOLVE_TIMEOUT_MS),
  };
}

/** Names a label set: the first half of SHA-256 over its sorted pairs, spelt as a UUID. */
export function hashOf(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1));
  const hex = createHash("sha256").update(JSON.stringify(pairs)).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
