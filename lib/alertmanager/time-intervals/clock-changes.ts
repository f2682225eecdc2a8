import type { Zone } from "../go/time";

/** No zone changes its clocks twice in less. */
const STEP = 6 * 3600;

/** When the clocks of a zone are changed after `from` and up to `until`, in seconds since 1970. */
export function clockChanges(zone: Zone, from: number, until: number): number[] {
  const changes: number[] = [];
  for (let at = from; at < until; at += STEP) {
    let [low, high] = [at, Math.min(at + STEP, until)];
    const before = zone.at(low).seconds;
    if (zone.at(high).seconds === before) continue;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (zone.at(middle).seconds === before) low = middle;
      else high = middle;
    }
    changes.push(high);
  }
  return changes;
}
