import type { Config } from "../../config/types";
import type { TargetProfile } from "../../profiles";
import { compareNotifications, type NotificationChange } from "./estimate";
import { compareReceivers, type ReceiverFlow, type UrgencyFlow } from "./flows";
import { compareGroups, type Regrouping } from "./groups";
import { classesOf, type PastAlerts } from "./past-alerts";
import { routedBy, type Tree, treeOf } from "./routed";
import { receivingOf } from "./urgency";
import { witnesses } from "./witnesses";

export interface BehaviourOptions {
  /** The tenant's own alerts; without any, label sets are made up from the matchers of both configurations. */
  history?: readonly PastAlerts[];
  /** The instant of the change, in seconds since 1970; default: when the last of the history ended. */
  at?: number;
}

/** What changes for the alerts of a history from one configuration to another. */
export interface BehaviourDiff {
  /** `witnesses`: there is no history, alerts are made up, one for each case that matchers tell apart. */
  basis: "history" | "witnesses";
  /** What the history spans; 0 without. */
  days: number;
  /** How many alerts (firings, or cases) were compared. */
  alerts: number;
  /** Alerts that reach more receivers, fewer receivers, or others; an alert counts once. */
  gained: number;
  lost: number;
  moved: number;
  /** From each receiver to each, also to itself; `null` is nobody. Most alerts first. */
  flows: readonly ReceiverFlow[];
  /** Alerts whose most urgent receiver reaches somebody otherwise: pages that become chats, chats that become pages. */
  urgencies: readonly UrgencyFlow[];
  /** Receivers that lose alerts, those that lose pages first. */
  losses: readonly { receiver: string; alerts: number; pages: number }[];
  /** Groups that keep their receiver under another key; those that are firing are notified again. */
  regroupings: readonly Regrouping[];
  /** Estimated, by receiver, where it differs; empty without a history. */
  notifications: readonly NotificationChange[];
}

const DAY = 86_400;

/**
 * What a change of the configuration means for alerts: who gets them, how urgently, in which groups and how often.
 *
 * Receivers and groups are exact for the alerts compared: they are routed by both trees as the target does it. Numbers of
 * notifications are estimated (with inhibition, without silences). What was worked out for a configuration or a history is
 * remembered by identity, so that it is quick after an edit: change a configuration by copying, not in place. Comparing
 * the other way round gives the same with both sides exchanged.
 */
export function diffBehaviour(
  before: Config,
  after: Config,
  profile: TargetProfile,
  { history = [], at }: BehaviourOptions = {},
): BehaviourDiff {
  const [was, is] = [treeOf(before, profile), treeOf(after, profile)];
  const known = history.length > 0;
  const alerts = known ? history : witnesses([was, is]);
  const classes = classesOf(alerts, new Set([...was.names, ...is.names]));
  const [first, last] = known ? spanOf(history) : [0, 0];
  const until = at ?? last;
  const side = (tree: Tree) => {
    return { tree, routed: routedBy(tree, classes), receiving: receivingOf(tree.config, profile) };
  };
  const [one, other] = [side(was), side(is)];
  const { receivers: flows, ...compared } = compareReceivers(classes, one, other);
  return {
    basis: known ? "history" : "witnesses",
    days: known ? Math.max(1, Math.ceil((until - first) / DAY)) : 0,
    alerts: classes.alerts.reduce((sum, count) => sum + count, 0),
    ...compared,
    flows,
    regroupings: compareGroups(classes, one.routed, other.routed, { at: until, profile }),
    notifications: known ? compareNotifications(classes, one, other, { until, profile }) : [],
  };
}

const spans = new WeakMap<readonly PastAlerts[], readonly [number, number]>();

function spanOf(history: readonly PastAlerts[]): readonly [first: number, last: number] {
  let span = spans.get(history);
  if (!span) {
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const { firings } of history) {
      first = Math.min(first, firings[0] ?? first);
      for (const time of firings) last = Math.max(last, time);
    }
    span = [first, last];
    spans.set(history, span);
  }
  return span;
}
