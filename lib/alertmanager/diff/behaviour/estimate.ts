import type { Config, TimeInterval } from "../../config/types";
import type { CompiledRoute } from "../../routing";
import { containsInstant } from "../../time-intervals";
import { isObject, items, textOf } from "../../validation/context";
import { countNotifications, type Rhythm } from "./count-notifications";
import type { AlertClasses } from "./past-alerts";
import { groupingOf, groupText, type Routed, type Tree } from "./routed";
import type { Receiving } from "./urgency";

/** How many notifications a receiver gets for the alerts of the history, on both sides of a change. */
export interface NotificationChange {
  receiver: string;
  before: number;
  after: number;
}

interface Side {
  tree: Tree;
  routed: Routed;
  receiving: ReadonlyMap<string, Receiving>;
}

/** Estimates the notifications of the routes that have other alerts, groups or timers than before; the others are equal. */
export function compareNotifications(classes: AlertClasses, before: Side, after: Side, until: number) {
  const sides = [before, after].map((side) => {
    return new Map(byRoute(side.routed).map(([route, at]) => [signature(route, at, side), { route, at }]));
  });
  const counts = new Map<string, NotificationChange>();
  sides.forEach((routes, index) => {
    const side = index === 0 ? before : after;
    for (const [key, { route, at }] of routes) {
      if (sides[1 - index]!.has(key)) continue;
      const { receiver } = route.options;
      const change = counts.get(receiver) ?? { receiver, before: 0, after: 0 };
      counts.set(receiver, change);
      change[index === 0 ? "before" : "after"] += ofRoute(route, at, classes, side, until);
    }
  });
  return [...counts.values()]
    .filter((change) => change.before !== change.after)
    .sort((left, right) => Math.abs(right.after - right.before) - Math.abs(left.after - left.before));
}

function byRoute(routed: Routed): [CompiledRoute, number[]][] {
  const found = new Map<CompiledRoute, number[]>();
  routed.forEach((routes, at) => {
    for (const route of routes) {
      const known = found.get(route);
      if (known) known.push(at);
      else found.set(route, [at]);
    }
  });
  return [...found];
}

/** All that its notifications depend on, but the alerts themselves. */
function signature(route: CompiledRoute, at: readonly number[], { tree, receiving }: Side): string {
  const { labels: _, ...options } = route.options;
  const intervals = [...options.mute_time_intervals, ...options.active_time_intervals].map((name) =>
    intervalsOf(tree.config, name),
  );
  return JSON.stringify([groupingOf(route).key, options, receiving.get(options.receiver) ?? null, intervals, at]);
}

function ofRoute(
  route: CompiledRoute,
  at: readonly number[],
  classes: AlertClasses,
  side: Side,
  until: number,
): number {
  const receiving = side.receiving.get(route.options.receiver);
  if (!receiving || receiving.urgency === "none") return 0;
  const rhythm = rhythmOf(route, side.tree.config, receiving);
  const groupOf = groupText([route]);
  const groups = new Map<string, number[]>();
  for (const index of at) {
    for (const { labels, firings } of classes.members(index)) {
      const key = groupOf(labels);
      const group = groups.get(key);
      if (group) for (const time of firings) group.push(time);
      else groups.set(key, [...firings]);
    }
  }
  let count = 0;
  for (const firings of groups.values()) count += countNotifications(firings, rhythm, until);
  return count;
}

function rhythmOf({ options }: CompiledRoute, config: Config, { sendsResolved }: Receiving): Rhythm {
  const [mute, active] = [options.mute_time_intervals, options.active_time_intervals].map((names) =>
    names.flatMap((name) => intervalsOf(config, name)),
  ) as [TimeInterval[], TimeInterval[]];
  const limited = options.active_time_intervals.length > 0;
  return {
    wait: options.group_wait / 1000,
    interval: Math.max(1, options.group_interval / 1000),
    repeat: Math.max(1, options.repeat_interval / 1000),
    sendsResolved,
    isMuted(at) {
      const within = (interval: TimeInterval) => containsInstant(interval, at * 1000);
      return mute.some(within) || (limited && !active.some(within));
    },
  };
}

function intervalsOf(config: Config, name: string): TimeInterval[] {
  const all = [...items(config.mute_time_intervals as never), ...items(config.time_intervals as never)];
  return all.filter((interval) => isObject(interval) && textOf(interval.name) === name) as unknown as TimeInterval[];
}
