import type { TargetProfile } from "../../profiles";
import { type CompiledRoute, groupLabelsOf, printLabels } from "../../routing";
import type { AlertClasses, PastAlerts } from "./past-alerts";
import { groupingOf, groupText, isSame, type Routed } from "./routed";

/**
 * Groups of a receiver that keeps its alerts but is told of them under another key. Upon a reload Alertmanager takes them
 * for new ones and notifies again about all that is firing. `null`: there was none, or there is none any more.
 */
export interface Regrouping {
  receiver: string;
  before: string | null;
  after: string | null;
  alerts: number;
  /** How many of the label sets were firing at the instant of the comparison: those are notified again at once. */
  firing: number;
}

/** Compares the group keys of alerts that stay with a receiver. */
export function compareGroups(
  classes: AlertClasses,
  before: Routed,
  after: Routed,
  { at, profile }: { at: number; profile: TargetProfile },
): Regrouping[] {
  const found = new Map<string, Regrouping>();
  classes.labels.forEach((_, index) => {
    for (const [receiver, was, is] of regrouped(before[index]!, after[index]!)) {
      for (const { labels, alerts, firing } of inGroups(classes.members(index), [...was, ...is], at)) {
        const [old, now] = [was, is].map((routes) => routes.map((route) => groupKey(route, labels, profile)));
        const gone = old!.filter((key) => !now!.includes(key));
        const come = now!.filter((key) => !old!.includes(key));
        for (let pair = 0; pair < Math.max(gone.length, come.length); pair++) {
          const ends = { receiver, before: gone[pair] ?? null, after: come[pair] ?? null };
          const key = JSON.stringify(Object.values(ends));
          const regrouping = found.get(key) ?? { ...ends, alerts: 0, firing: 0 };
          found.set(key, regrouping);
          regrouping.alerts += alerts;
          regrouping.firing += firing;
        }
      }
    }
  });
  return [...found.values()].sort((left, right) => right.firing - left.firing || right.alerts - left.alerts);
}

/** The label sets by the groups that the routes put them into: one of each stands for all. */
function inGroups(members: readonly PastAlerts[], routes: readonly CompiledRoute[], at: number) {
  const textOf = groupText(routes);
  const found = new Map<string, { labels: PastAlerts["labels"]; alerts: number; firing: number }>();
  for (const alert of members) {
    const text = textOf(alert.labels);
    let group = found.get(text);
    if (!group) {
      group = { labels: alert.labels, alerts: 0, firing: 0 };
      found.set(text, group);
    }
    group.alerts += alert.firings.length >> 1;
    if (isFiring(alert, at)) group.firing++;
  }
  return found.values();
}

/** The receivers on both sides whose routes group otherwise. */
function regrouped(was: readonly CompiledRoute[], is: readonly CompiledRoute[]) {
  const found: [receiver: string, was: CompiledRoute[], is: CompiledRoute[]][] = [];
  if (was.length === 1 && is.length === 1 && groupsAlike(was[0]!, is[0]!)) return found;
  for (const receiver of new Set(was.map(({ options }) => options.receiver))) {
    const of = (routes: readonly CompiledRoute[]) => routes.filter(({ options }) => options.receiver === receiver);
    const [old, now] = [of(was), of(is)];
    if (now.length === 0 || (old.length === now.length && old.every((route, at) => groupsAlike(route, now[at]!))))
      continue;
    found.push([receiver, old, now]);
  }
  return found;
}

function groupsAlike(one: CompiledRoute, other: CompiledRoute): boolean {
  return isSame(one, other) || groupingOf(one).text === groupingOf(other).text;
}

function groupKey(route: CompiledRoute, labels: PastAlerts["labels"], profile: TargetProfile): string {
  return `${groupingOf(route).key}:${printLabels(groupLabelsOf(route, labels), profile)}`;
}

function isFiring({ firings }: PastAlerts, at: number): boolean {
  for (let index = 0; index < firings.length; index += 2) {
    if (firings[index]! <= at && firings[index + 1]! >= at) return true;
  }
  return false;
}
