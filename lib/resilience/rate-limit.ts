import { isIP } from "node:net";

export interface RateLimit {
  /**
   * 0 when the call may go on, else the seconds after which it may be tried again. `count` of what is limited come with the
   * call, all or none; more than a minute's worth pass when the bucket is full.
   */
  take(key: string, now?: number, count?: number): number;
}

const WINDOW_MS = 60_000;

/**
 * A token bucket per key: `perMinute` at once, refilled evenly. It holds at most `maxKeys`; beyond, whoever was silent longest
 * is forgotten, hence starts with a full bucket: many keys can make the limit laxer, never shut anybody out.
 */
export function rateLimit(perMinute: number, maxKeys = 10_000): RateLimit {
  // When the bucket of a key will be full again: its only state.
  const fullAt = new Map<string, number>();
  const interval = WINDOW_MS / perMinute;
  return {
    take(key, now = Date.now(), count = 1) {
      if (perMinute === 0) return 0;
      const before = Math.max(now, fullAt.get(key) ?? now);
      const cost = interval * Math.min(count, perMinute);
      const wait = before + cost - now - WINDOW_MS;
      const allowed = wait < 0.5;
      // Deleted first, so that the map's order is that of the last use.
      fullAt.delete(key);
      fullAt.set(key, allowed ? before + cost : before);
      if (fullAt.size > maxKeys) for (const oldest of fullAt.keys()) if (fullAt.delete(oldest)) break;
      return allowed ? 0 : Math.ceil(wait / 1000);
    },
  };
}

/** Whom an address counts as: one household or server has a whole /64 of IPv6. */
export function addressKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? 0 : tail.split(":").length;
  const filled = tail === undefined ? groups : [...groups, ...Array<string>(8 - groups.length - rest).fill("0")];
  const all = tail ? [...filled, ...tail.split(":")] : filled;
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group || "0", 16).toString(16))
    .join(":")}::/64`;
}
