import type { TargetProfile } from "../profiles";
import { type CompiledRoute, type CompiledRoutes, findRoutes } from "../routing";
import { printLabels, routeKey } from "../routing/group-key";
import { groupLabelsOf } from "../routing/match-routes";
import { Agenda, type Entry } from "./agenda";
import { isResolved, type StoredAlert } from "./alert";
import { lastTick, MILLISECOND, SECOND } from "./clock";

/** `--dispatch.maintenance-interval`, which before 0.32 decides when an empty group goes. */
const MAINTENANCE_EVERY = 30 * SECOND;

/** Alerts that one route notifies about together. */
export interface AggregationGroup {
  readonly route: CompiledRoute;
  readonly labels: Readonly<Record<string, string>>;
  readonly key: string;
  readonly alerts: Map<string, StoredAlert>;
  timer: Entry<AggregationGroup> | null;
  flushed: boolean;
  /** Since when it has no alerts. */
  emptySince: number | null;
}

/** Notifies about the alerts of a group as they are; false when any integration failed. */
export type Notify = (group: AggregationGroup, alerts: readonly StoredAlert[], now: number) => boolean;

/** Sorts alerts into the groups of their routes and flushes each group when its time has come; one for each reload. */
export class Dispatcher {
  readonly #groups = new Map<CompiledRoute, Map<string, AggregationGroup>>();
  readonly #agenda = new Agenda<AggregationGroup>();
  readonly #profile: TargetProfile;

  constructor(
    private readonly routes: CompiledRoutes,
    private readonly notify: Notify,
    private readonly startedAt: number,
  ) {
    this.#profile = routes.profile;
  }

  /** When the next group is due. */
  next(): number | undefined {
    for (let entry = this.#agenda.peek(); entry; entry = this.#agenda.peek()) {
      if (entry.item.timer === entry) return entry.at;
      this.#agenda.take();
    }
    return undefined;
  }

  /** Flushes the group that is due next. */
  tick(): void {
    const entry = this.#agenda.take();
    if (!entry || entry.item.timer !== entry) return;
    const { at: now, item: group } = entry;
    if (this.#isGone(group, now)) {
      this.#remove(group);
      return;
    }
    this.#schedule(group, now + group.route.options.group_interval * MILLISECOND);
    group.flushed = true;
    if (group.alerts.size > 0) this.#flush(group, now);
  }

  insert(alert: StoredAlert, now: number): void {
    for (const route of findRoutes(this.routes, alert.labels)) {
      const labels = groupLabelsOf(route, alert.labels);
      const groups = this.#groupsOf(route);
      const id = JSON.stringify(labels);
      const known = groups.get(id);
      if (known && !this.#isGone(known, now)) {
        known.alerts.set(alert.key, alert);
        known.emptySince = null;
        // Until 0.29 any old alert hurries a group that has not been flushed yet; since then only the first one.
        if (!known.flushed && !this.#profile.reaches("0.30") && isOverdue(alert, route, now))
          this.#schedule(known, now);
        continue;
      }
      const key = `${routeKey(route)}:${printLabels(labels, this.#profile)}`;
      const alerts = new Map([[alert.key, alert]]);
      const group = { route, labels, key, alerts, timer: null, flushed: false, emptySince: null };
      groups.set(id, group);
      this.#schedule(group, isOverdue(alert, route, now) ? now : now + route.options.group_wait * MILLISECOND);
    }
  }

  #groupsOf(route: CompiledRoute): Map<string, AggregationGroup> {
    let groups = this.#groups.get(route);
    if (!groups) {
      groups = new Map();
      this.#groups.set(route, groups);
    }
    return groups;
  }

  #schedule(group: AggregationGroup, at: number): void {
    group.timer = this.#agenda.add(at, group);
  }

  #flush(group: AggregationGroup, now: number): void {
    const alerts = [...group.alerts.values()];
    if (!this.notify(group, alerts, now)) return;
    // Whoever was to be told that they are resolved has been.
    for (const alert of alerts) if (isResolved(alert, now)) group.alerts.delete(alert.key);
    if (group.alerts.size > 0) return;
    group.emptySince = now;
    if (this.#isGone(group, now)) this.#remove(group);
  }

  /** Since 0.32 a group ends with its last alert; before, at the next maintenance, and its timer goes on until then. */
  #isGone({ emptySince }: AggregationGroup, now: number): boolean {
    if (emptySince === null) return false;
    return this.#profile.reaches("0.32") || lastTick(now, MAINTENANCE_EVERY, this.startedAt) >= emptySince;
  }

  #remove(group: AggregationGroup): void {
    group.timer = null;
    const groups = this.#groupsOf(group.route);
    const id = JSON.stringify(group.labels);
    if (groups.get(id) === group) groups.delete(id);
  }
}

/** An alert older than the time that its group would wait. */
function isOverdue({ startsAt }: StoredAlert, { options }: CompiledRoute, now: number): boolean {
  return startsAt + options.group_wait * MILLISECOND < now;
}
