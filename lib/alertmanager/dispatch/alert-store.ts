import { cleanLabels, isResolved, mergeAlerts, type StoredAlert } from "./alert";
import { fromSeconds, lastTick, SECOND } from "./clock";
import type { SimulatedAlert } from "./simulate";

/** `--alerts.gc-interval` */
const COLLECT_EVERY = 30 * 60 * SECOND;

/** The alerts that Alertmanager holds, as its API and its alert provider fill it. */
export class AlertStore {
  readonly #alerts = new Map<string, StoredAlert>();

  /** The posted alerts as stored; invalid ones of the batch are left out. */
  post(alerts: readonly SimulatedAlert[], resolveTimeout: number, now: number): StoredAlert[] {
    const stored: StoredAlert[] = [];
    for (const posted of alerts) {
      const alert = complete(posted, resolveTimeout, now);
      if (!isValid(alert)) continue;
      const known = this.#alerts.get(alert.key);
      const merged =
        known && !isCollected(known, now) && overlap(known, alert) ? mergeAlerts(known, alert, now) : alert;
      this.#alerts.set(merged.key, merged);
      stored.push(merged);
    }
    return stored;
  }

  /** What is still there: resolved alerts are forgotten every half hour. */
  list(now: number): StoredAlert[] {
    for (const alert of this.#alerts.values()) if (isCollected(alert, now)) this.#alerts.delete(alert.key);
    return [...this.#alerts.values()];
  }
}

function complete(
  { labels, annotations, ...posted }: SimulatedAlert,
  resolveTimeout: number,
  now: number,
): StoredAlert {
  const clean = cleanLabels(labels);
  const endsAt = posted.endsAt === undefined ? undefined : fromSeconds(posted.endsAt);
  const startsAt = posted.startsAt === undefined ? undefined : fromSeconds(posted.startsAt);
  return {
    key: JSON.stringify(clean),
    labels: clean,
    annotations: cleanLabels(annotations ?? {}),
    startsAt: startsAt ?? endsAt ?? now,
    endsAt: endsAt ?? now + resolveTimeout,
    updatedAt: now,
    timeout: endsAt === undefined,
  };
}

function isValid({ labels, startsAt, endsAt }: StoredAlert): boolean {
  const names = Object.keys(labels);
  return names.length > 0 && !names.includes("") && endsAt >= startsAt;
}

function overlap(stored: StoredAlert, newer: StoredAlert): boolean {
  return (
    (newer.endsAt > stored.startsAt && newer.endsAt < stored.endsAt) ||
    (newer.startsAt > stored.startsAt && newer.startsAt < stored.endsAt)
  );
}

function isCollected(alert: StoredAlert, now: number): boolean {
  const tick = lastTick(now, COLLECT_EVERY);
  return alert.updatedAt < tick && isResolved(alert, tick);
}
