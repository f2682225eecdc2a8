import { lastTick, SECOND } from "./clock";

/** Why a notification is sent, as templates of 0.32 and later see it. */
export type NotificationReason =
  | "first notification"
  | "new alerts added"
  | "some alerts resolved"
  | "all alerts resolved"
  | "repeat interval elapsed";

/** What a receiver's integration was last told about a group. */
export interface LogEntry {
  readonly at: number;
  readonly expiresAt: number;
  /** Keys of label sets. */
  readonly firing: ReadonlySet<string>;
  readonly resolved: ReadonlySet<string>;
}

/** `--data.maintenance-interval` */
const COLLECT_EVERY = 15 * 60 * SECOND;

/** The notification log; it outlives reloads. */
export class NotificationLog {
  readonly #entries = new Map<string, LogEntry>();

  constructor(private readonly retention: number) {}

  /** The entry of a group for one integration; an expired one counts until the next maintenance. */
  find(key: string, now: number): LogEntry | undefined {
    const entry = this.#entries.get(key);
    if (!entry || entry.expiresAt > lastTick(now, COLLECT_EVERY)) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  /** Kept for twice the repeat interval, within the retention; what was written at the same instant stays. */
  write(key: string, told: Pick<LogEntry, "firing" | "resolved">, repeatInterval: number, now: number): void {
    const known = this.#entries.get(key);
    if (known && known.at >= now) return;
    this.#entries.set(key, { ...told, at: now, expiresAt: now + Math.min(2 * repeatInterval, this.retention) });
  }
}

/** Whether, and why, an integration that was last told `entry` is told now; `null` when it is not. */
export function reasonToNotify(
  entry: LogEntry | undefined,
  { firing, resolved }: Pick<LogEntry, "firing" | "resolved">,
  { sendResolved, repeatInterval, now }: { sendResolved: boolean; repeatInterval: number; now: number },
): NotificationReason | null {
  if (!entry) return firing.size > 0 ? "first notification" : null;
  if (!isSubset(firing, entry.firing)) return entry.firing.size === 0 ? "first notification" : "new alerts added";
  // Also without send_resolved: nothing is sent then, but the log must forget what was firing.
  if (firing.size === 0) return entry.firing.size > 0 ? "all alerts resolved" : null;
  if (sendResolved && !isSubset(resolved, entry.resolved)) return "some alerts resolved";
  return entry.at < now - repeatInterval ? "repeat interval elapsed" : null;
}

function isSubset(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  for (const key of part) if (!whole.has(key)) return false;
  return true;
}
