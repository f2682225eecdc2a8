import type { Config } from "../../config/types";
import type { TargetProfile } from "../../profiles";
import { classesOf, type PastAlerts } from "./past-alerts";
import { receiversOf, routedBy, treeOf } from "./routed";
import { witnesses } from "./witnesses";

/** A label set that another set of receivers gets. */
export interface ChangedAlert {
  kind: "gained" | "lost" | "moved";
  labels: Readonly<Record<string, string>>;
  /** Names of receivers in the order of the routes. */
  before: readonly string[];
  after: readonly string[];
  /** How often it fired. */
  alerts: number;
}

/**
 * The label sets behind the numbers of `diffBehaviour`: which alerts reach more receivers, fewer or others, those that
 * fired most often first. Exact, as the target routes them; without a history they are made up from the matchers.
 */
export function changedAlerts(
  before: Config,
  after: Config,
  profile: TargetProfile,
  history: readonly PastAlerts[] = [],
): ChangedAlert[] {
  const [was, is] = [treeOf(before, profile), treeOf(after, profile)];
  const alerts = history.length > 0 ? history : witnesses([was, is]);
  const classes = classesOf(alerts, new Set([...was.names, ...is.names]));
  const [old, now] = [routedBy(was, classes), routedBy(is, classes)];
  const found: ChangedAlert[] = [];
  classes.labels.forEach((_, at) => {
    const receivers = { before: receiversOf(old[at] ?? []), after: receiversOf(now[at] ?? []) };
    const loses = receivers.before.some((name) => !receivers.after.includes(name));
    const gains = receivers.after.some((name) => !receivers.before.includes(name));
    if (!loses && !gains) return;
    const kind = loses ? (gains ? "moved" : "lost") : "gained";
    for (const { labels, firings } of classes.members(at)) {
      found.push({ kind, labels, ...receivers, alerts: firings.length >> 1 });
    }
  });
  return found.sort((left, right) => right.alerts - left.alerts);
}
