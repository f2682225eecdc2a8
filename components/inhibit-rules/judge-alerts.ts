import { findInhibitions, type InhibitedBy, type InhibitRule, profileFor } from "@/lib/alertmanager";

export type Labels = Readonly<Record<string, string>>;

/** An alert that fires; the one that ends last is the one that newer targets remember. */
export type FiringAlert = { labels: Labels; endsAt?: string };

/** What becomes of one alert. `muting` and `passing` are ids of profiles: both are filled where they do not agree. */
export type Verdict = {
  labels: Labels;
  inhibitedBy: readonly InhibitedBy[];
  muting: readonly string[];
  passing: readonly string[];
};

/** From here on a rule remembers one source for each set of equal labels. */
const INDEXED = "0.30";

/**
 * Which of the alerts are muted by the others, for the profiles of the targets; where these are all older or all newer than
 * the change of 0.30, one from the other side is asked as well.
 */
export function judgeAlerts(
  rules: readonly InhibitRule[] | undefined,
  targets: readonly string[],
  alerts: readonly FiringAlert[],
): Verdict[] {
  const firing = inOrderOfEnd(alerts).map(({ labels }) => labels);
  const judges = withOtherSide(targets).map((id) => ({ id, of: findInhibitions(rules, profileFor(id), firing) }));
  return alerts.map(({ labels }) => {
    const found = judges.map(({ id, of }) => ({ id, inhibitedBy: of(labels) }));
    const ids = (muted: boolean) => found.filter((one) => one.inhibitedBy.length > 0 === muted).map(({ id }) => id);
    const own = found.filter(({ id }) => targets.includes(id));
    const shown = own.find(({ inhibitedBy }) => inhibitedBy.length > 0) ?? own[0];
    return { labels, inhibitedBy: shown?.inhibitedBy ?? [], muting: ids(true), passing: ids(false) };
  });
}

function withOtherSide(targets: readonly string[]): string[] {
  const indexed = targets.filter((id) => profileFor(id).reaches(INDEXED)).length;
  if (indexed === 0) return [...targets, "alertmanager@0.30"];
  return indexed === targets.length ? [...targets, "alertmanager@0.29"] : [...targets];
}

function inOrderOfEnd(alerts: readonly FiringAlert[]): FiringAlert[] {
  const end = ({ endsAt }: FiringAlert) => (endsAt === undefined ? Number.NEGATIVE_INFINITY : Date.parse(endsAt));
  const ends = alerts.map((alert) => ({ alert, at: end(alert) }));
  return ends.sort((left, right) => (left.at === right.at ? 0 : left.at - right.at)).map(({ alert }) => alert);
}
