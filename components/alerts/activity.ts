import {
  type Config,
  compileRoutes,
  DEFAULT_PROFILE_ID,
  matchRoutes,
  profileFor,
  type TargetProfile,
} from "@/lib/alertmanager";
import type { Firings } from "@/lib/history/contract";

export type Activity = {
  receiver: string;
  /** Alerts that began in each of the equal parts of the window, the oldest first. */
  counts: readonly number[];
  total: number;
};

/** Where an alert goes on a target, each receiver once; nowhere as long as there are no routes. */
export function receiversOf(
  config: Config,
  profile: string | undefined,
  labels: Readonly<Record<string, string>>,
): string[] {
  if (!config.route) return [];
  const tree = compileRoutes(config, profileFor(profile ?? DEFAULT_PROFILE_ID));
  return [...new Set(matchRoutes(tree, labels).map(({ receiver }) => receiver))];
}

/**
 * How many alerts each receiver would have got in the window, by the routes of `config`; those without any last. One that
 * reaches two receivers counts for both.
 */
export function receiverActivity(config: Config, profile: TargetProfile, firings: Firings, parts: number): Activity[] {
  const tree = compileRoutes(config, profile);
  const from = Date.parse(firings.from) / 1000;
  const width = (Date.parse(firings.to) / 1000 - from) / parts;
  const counts = new Map<string, number[]>();
  for (const { name } of config.receivers ?? []) counts.set(name, new Array<number>(parts).fill(0));
  for (const set of firings.sets) {
    const receivers = new Set(matchRoutes(tree, set.labels).map(({ receiver }) => receiver));
    for (let at = 0; at < set.firings.length; at += 2) {
      const part = Math.min(parts - 1, Math.floor(((set.firings[at] ?? 0) - from) / width));
      if (part < 0) continue;
      for (const receiver of receivers) {
        const row = counts.get(receiver);
        if (row) row[part] = (row[part] ?? 0) + 1;
      }
    }
  }
  return [...counts]
    .map(([receiver, row]) => ({ receiver, counts: row, total: row.reduce((sum, count) => sum + count, 0) }))
    .sort((left, right) => right.total - left.total || (left.receiver < right.receiver ? -1 : 1));
}
