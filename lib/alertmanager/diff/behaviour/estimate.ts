import type { Config, TimeInterval } from "../../config/types";
import { type MutedTimes, mutedTimes } from "../../inhibition/muted-times";
import type { TargetProfile } from "../../profiles";
import type { CompiledRoute } from "../../routing";
import { containsInstant } from "../../time-intervals";
import { isObject, items, textOf } from "../../validation/context";
import { countNotifications, type Rhythm } from "./count-notifications";
import type { AlertClasses, PastAlerts } from "./past-alerts";
import { groupingOf, groupText, isSame, type Routed, type Tree } from "./routed";
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

type Inhibited = Side & { inhibited: MutedTimes };

/** Estimates the notifications of the routes that have other alerts, groups or timers than before; the others are equal. */
export function compareNotifications(
  classes: AlertClasses,
  was: Side,
  is: Side,
  { until, profile }: { until: number; profile: TargetProfile },
) {
  const inhibiting = (side: Side): Inhibited => {
    return { ...side, inhibited: mutedTimes(side.tree.config.inhibit_rules, profile, classes.history) };
  };
  const [before, after] = [inhibiting(was), inhibiting(is)];
  const rulesDiffer = JSON.stringify(was.tree.config.inhibit_rules) !== JSON.stringify(is.tree.config.inhibit_rules);
  const counts = new Map<string, NotificationChange>();
  const count = ({ route, at }: Routing, side: Inhibited, key: "before" | "after") => {
    const { receiver } = route.options;
    const change = counts.get(receiver) ?? { receiver, before: 0, after: 0 };
    counts.set(receiver, change);
    change[key] += ofRoute(route, at, classes, side, until);
  };
  const pending = new Map<number, Routing[]>();
  for (const routing of byRoute(after.routed)) {
    const first = routing.at[0]!;
    pending.set(first, [...(pending.get(first) ?? []), routing]);
  }
  for (const routing of byRoute(before.routed)) {
    const others = pending.get(routing.at[0]!) ?? [];
    const equal = others.findIndex(
      (other) =>
        isEqual(routing, before, other, after) && (!rulesDiffer || mutesAlike(routing, classes, before, after)),
    );
    if (equal < 0) count(routing, before, "before");
    else others.splice(equal, 1);
  }
  for (const others of pending.values()) for (const routing of others) count(routing, after, "after");
  return [...counts.values()]
    .filter((change) => change.before !== change.after)
    .sort((left, right) => Math.abs(right.after - right.before) - Math.abs(left.after - left.before));
}

/** Whether inhibition takes the same from the alerts of a route on both sides. */
function mutesAlike({ at }: Routing, classes: AlertClasses, before: Inhibited, after: Inhibited): boolean {
  return at.every((index) =>
    classes.members(index).every((alert) => before.inhibited(alert).join() === after.inhibited(alert).join()),
  );
}

/** A route with the classes of alerts that it notifies about. */
interface Routing {
  route: CompiledRoute;
  at: number[];
}

function byRoute(routed: Routed): Iterable<Routing> {
  const found = new Map<CompiledRoute, Routing>();
  routed.forEach((routes, at) => {
    for (const route of routes) {
      const known = found.get(route);
      if (known) known.at.push(at);
      else found.set(route, { route, at: [at] });
    }
  });
  return found.values();
}

/** Whether the notifications depend on the same things on both sides. */
function isEqual(one: Routing, before: Side, other: Routing, after: Side): boolean {
  if (one.at.length !== other.at.length || !one.at.every((at, index) => at === other.at[index])) return false;
  const same = isSame(one.route, other.route);
  if (!same && settingsOf(one.route) !== settingsOf(other.route)) return false;
  const { receiver, mute_time_intervals: mute, active_time_intervals: active } = one.route.options;
  const [was, is] = [before.receiving.get(receiver), after.receiving.get(receiver)];
  if (was?.urgency !== is?.urgency || was?.sendsResolved !== is?.sendsResolved) return false;
  return [...mute, ...active].every((name) => {
    const [old, now] = [before, after].map(({ tree }) => JSON.stringify(intervalsOf(tree.config, name)));
    return old === now;
  });
}

function settingsOf(route: CompiledRoute): string {
  const { labels: _, ...options } = route.options;
  return JSON.stringify([groupingOf(route).key, options]);
}

function ofRoute(
  route: CompiledRoute,
  at: readonly number[],
  classes: AlertClasses,
  side: Inhibited,
  until: number,
): number {
  const receiving = side.receiving.get(route.options.receiver);
  if (!receiving || receiving.urgency === "none") return 0;
  const rhythm = rhythmOf(route, side.tree.config, receiving);
  const groupOf = groupText([route]);
  const groups = new Map<string, Heard>();
  for (const index of at) {
    for (const alert of classes.members(index)) {
      const key = groupOf(alert.labels);
      let group = groups.get(key);
      if (!group) {
        group = { firings: [], hushed: [] };
        groups.set(key, group);
      }
      hear(alert, side.inhibited(alert), group);
    }
  }
  let count = 0;
  for (const { firings, hushed } of groups.values()) count += countNotifications(firings, rhythm, until, hushed);
  return count;
}

/** Starts and ends in turn; `hushed` end when inhibition begins. */
interface Heard {
  firings: number[];
  hushed: number[];
}

/** The parts of an alert's firings in which nothing inhibits it. */
function hear({ firings }: PastAlerts, muted: readonly number[], into: Heard): void {
  if (muted.length === 0) {
    for (const time of firings) into.firings.push(time);
    return;
  }
  let next = 0;
  for (let at = 0; at < firings.length; at += 2) {
    let [from, to] = [firings[at]!, firings[at + 1]!];
    while (next < muted.length && muted[next + 1]! <= from) next += 2;
    for (let span = next; span < muted.length && muted[span]! < to; span += 2) {
      if (muted[span]! > from) into.hushed.push(from, muted[span]!);
      from = Math.max(from, muted[span + 1]!);
    }
    if (from < to) into.firings.push(from, to);
  }
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
