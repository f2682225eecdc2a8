import { type Config, containsInstant, intervalSwitches, type TimeInterval } from "@/lib/alertmanager";
import type { FreezeWindow } from "./contract";

/** The windows that a policy names, as the time intervals of what is live have them at an instant. */
export function freezeWindows(names: readonly string[], config: Config, at: Date): FreezeWindow[] {
  return names.map((name) => {
    const found = findInterval(config, name);
    if (!found) return { name, missing: true, holds: false, changesAt: null };
    const [next] = intervalSwitches(found, at.getTime(), { count: 1 });
    const changesAt = next ? new Date(next.at).toISOString() : null;
    return { name, missing: false, holds: containsInstant(found, at.getTime()), changesAt };
  });
}

/** Names of those that hold. */
export function frozenAt(names: readonly string[], config: Config, at: Date): string[] {
  return names.filter((name) => {
    const found = findInterval(config, name);
    return found !== undefined && containsInstant(found, at.getTime());
  });
}

function findInterval(config: Config, name: string): TimeInterval | undefined {
  const lists = [config.time_intervals, config.mute_time_intervals].filter(Array.isArray).flat() as TimeInterval[];
  return lists.find((one) => one?.name === name);
}
