import type { Config } from "../../config/types";
import { type Matcher, matches } from "../../matchers";
import type { TargetProfile } from "../../profiles";
import { classesOf, type PastAlerts } from "./past-alerts";
import { receiversOf, routedBy, treeOf } from "./routed";
import { receivingOf } from "./urgency";
import { witnesses } from "./witnesses";

type Labels = Readonly<Record<string, string>>;

/** What counts as a page beside an integration that wakes somebody. */
export interface PageRules {
  /** Names of receivers that wake somebody. */
  receivers?: readonly string[];
  /** An alert with all of these must reach somebody, by whatever receiver. */
  matchers?: readonly Matcher[];
}

export interface LostPages {
  basis: "history" | "witnesses";
  /** How many firings (or cases) woke somebody before and would not. */
  alerts: number;
  /** A few of the label sets, those that fired most first, with the receivers before and after. */
  samples: readonly { labels: Labels; from: readonly string[]; to: readonly string[] }[];
}

const SAMPLES = 5;

/**
 * Which alerts would no longer wake anybody: those that went to a receiver that pages and would go to none, and those
 * that the rules' matchers name and that would reach nobody at all. Exact for the alerts compared, as the target routes
 * them; without a history they are made up from the matchers of both trees, and `basis` says so.
 */
export function lostPages(
  before: Config,
  after: Config,
  profile: TargetProfile,
  { receivers = [], matchers = [] }: PageRules,
  history: readonly PastAlerts[] = [],
): LostPages {
  const trees = [treeOf(before, profile), treeOf(after, profile)] as const;
  const known = history.length > 0;
  const names = new Set([...trees[0].names, ...trees[1].names]);
  // Made up alerts have the labels that trees ask for: of the others they may have any value.
  const judged = known ? matchers : matchers.filter(({ name }) => names.has(name));
  for (const { name } of judged) names.add(name);
  const classes = classesOf(known ? history : witnesses(trees), names);
  const reachedBy = (tree: (typeof trees)[number]): Reached[] => {
    const receiving = receivingOf(tree.config, profile);
    const routed = routedBy(tree, classes);
    const urgencyOf = (name: string) => receiving.get(name)?.urgency ?? "none";
    return classes.labels.map((_, at) => {
      const reached = receiversOf(routed[at] ?? []);
      const pages = reached.some((name) => urgencyOf(name) === "page" || receivers.includes(name));
      return { names: reached, pages, reaches: reached.some((name) => urgencyOf(name) !== "none") };
    });
  };
  const [was, is] = [reachedBy(trees[0]), reachedBy(trees[1])];
  const lost: { labels: Labels; firings: number; from: readonly string[]; to: readonly string[] }[] = [];
  let sum = 0;
  classes.labels.forEach((labels, at) => {
    const [old, now] = [was[at]!, is[at]!];
    const named = matchers.length > 0 && matches(judged, labels);
    if (!((old.pages && !now.pages) || (named && old.reaches && !now.reaches))) return;
    sum += classes.alerts[at]!;
    for (const member of classes.members(at)) {
      lost.push({ labels: member.labels, firings: member.firings.length >> 1, from: old.names, to: now.names });
    }
  });
  lost.sort((left, right) => right.firings - left.firings);
  const samples = lost.slice(0, SAMPLES).map(({ labels, from, to }) => ({ labels, from, to }));
  return { basis: known ? "history" : "witnesses", alerts: sum, samples };
}

interface Reached {
  names: readonly string[];
  pages: boolean;
  reaches: boolean;
}
