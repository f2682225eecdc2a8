import type { StoredAlert } from "./alerts";

/** What was sent last by one integration for one group. */
export interface LogEntry {
  firing: ReadonlySet<string>;
  resolved: ReadonlySet<string>;
}

export function entryOf(alerts: readonly StoredAlert[]): LogEntry {
  const of = (resolved: boolean) =>
    new Set(alerts.filter(({ endsAt }) => (endsAt !== null) === resolved).map(({ fingerprint }) => fingerprint));
  return { firing: of(false), resolved: of(true) };
}

/** Why a group is notified about now, as `.NotificationReason` says it; `null` when there is nothing new. */
export function reasonToNotify(last: LogEntry | undefined, now: LogEntry, sendResolved: boolean): string | null {
  if (!last) return now.firing.size > 0 ? "first notification" : null;
  if (!now.firing.isSubsetOf(last.firing)) {
    return last.firing.size === 0 ? "first notification" : "new alerts added";
  }
  if (now.firing.size === 0) return last.firing.size > 0 ? "all alerts resolved" : null;
  if (sendResolved && !now.resolved.isSubsetOf(last.resolved)) return "some alerts resolved";
  return null;
}
