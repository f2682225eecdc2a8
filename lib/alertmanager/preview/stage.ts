import { toBytes } from "../go/bytes";
import type { GoTime } from "../go/time";
import { parseJsonTime } from "../go/time-parse";
import { type PostedAlert, type StoredAlert, sortAlerts, storeAlert } from "../notifications/alerts";
import type { Run } from "../notifications/notification";
import type { CompiledRoute, RouteMatch } from "../routing";
import { matchOf } from "../routing/match-routes";
import type { PreviewCase } from "./receiver-preview";

/** Alerts of a case that are notified about together. */
export interface Group {
  match: RouteMatch;
  /** As they were when they fired, of those that have ended. */
  before: readonly StoredAlert[];
  alerts: readonly StoredAlert[];
}

type About = Pick<Run, "profile" | "externalURL" | "set" | "now"> & { route: CompiledRoute };

interface Stage {
  grouped: readonly { id: string; groups: readonly Group[] }[];
  /** What templates see of these groups. */
  ready: Run["ready"];
}

const stages = new WeakMap<readonly PreviewCase[], { about: About; stage: Stage }>();

/** The cases as the route groups them, the same from one keystroke to the next. */
export function stageOf(cases: readonly PreviewCase[], about: About): Stage {
  const known = stages.get(cases);
  if (known && isSame(known.about, about)) return known.stage;
  const now = about.now === undefined ? null : parseJsonTime(toBytes(about.now));
  const grouped = cases.map(({ id, alerts }) => ({ id, groups: groupsOf(alerts, about, now) }));
  const stage: Stage = { grouped, ready: new WeakMap() };
  stages.set(cases, { about, stage });
  return stage;
}

function isSame(one: About, other: About): boolean {
  return (["route", "profile", "externalURL", "set", "now"] as const).every((key) => one[key] === other[key]);
}

function groupsOf(alerts: readonly PostedAlert[], { route, profile }: About, now: GoTime | null): Group[] {
  const groups = new Map<string, { match: RouteMatch; before: StoredAlert[]; alerts: Map<string, StoredAlert> }>();
  for (const posted of alerts) {
    const alert = storeAlert(posted, undefined, now);
    const match = matchOf(route, alert.labels, profile);
    const group = groups.get(match.groupKey) ?? { match, before: [] as StoredAlert[], alerts: new Map() };
    groups.set(match.groupKey, group);
    group.alerts.set(alert.fingerprint, alert);
    if (alert.endsAt) group.before.push({ ...alert, endsAt: null });
  }
  return [...groups.values()].map(({ match, before, alerts: all }) => ({
    match,
    before: sortAlerts(before),
    alerts: sortAlerts([...all.values()]),
  }));
}
