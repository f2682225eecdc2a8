import type { Config, TimeInterval } from "../config/types";
import type { Inhibitor } from "../inhibition";
import { containsInstant } from "../time-intervals";
import { isObject, items, textOf } from "../validation/context";
import { compareAlerts, isResolved, type StoredAlert } from "./alert";
import { MILLISECOND, toSeconds } from "./clock";
import type { AggregationGroup } from "./dispatcher";
import { integrationsByReceiver, type NotifiedIntegration } from "./integrations";
import { type NotificationLog, reasonToNotify } from "./notification-log";
import type { RouteLabelRenderer } from "./route-labels";
import type { Silences } from "./silences";
import type { SimulatedNotification } from "./simulate";

/** What the pipelines of all configurations of one run share. */
export interface Surroundings {
  readonly silences: Silences;
  readonly log: NotificationLog;
  readonly routeLabels: RouteLabelRenderer;
  /** Milliseconds since 1970 at the start of the simulation. */
  readonly epoch: number;
  /** Until when the sending to a receiver fails. */
  readonly failures: ReadonlyMap<string, number>;
  send(notification: SimulatedNotification): void;
}

/** What becomes of a flushed group: muted, told before, or sent. */
export class Pipeline {
  readonly #integrations: ReadonlyMap<string, readonly NotifiedIntegration[]>;
  readonly #intervals: ReadonlyMap<string, TimeInterval>;

  constructor(
    config: Config,
    private readonly inhibitor: Inhibitor,
    private readonly surroundings: Surroundings,
  ) {
    this.#integrations = integrationsByReceiver(config);
    const intervals = [...items(config.mute_time_intervals as never), ...items(config.time_intervals as never)];
    this.#intervals = new Map(
      intervals
        .filter(isObject)
        .map((interval) => [textOf(interval.name), interval as unknown as TimeInterval] as const),
    );
  }

  /** True unless the sending to any integration failed; also when everything was muted. */
  notify(group: AggregationGroup, all: readonly StoredAlert[], now: number): boolean {
    const { silences } = this.surroundings;
    const audible = all.filter(({ labels }) => !this.inhibitor.inhibits(labels, now));
    if (audible.length === 0 || this.#isMutedByTime(group, now)) return true;
    const alerts = audible.filter(({ labels }) => !silences.mutes(labels, now)).sort(compareAlerts);
    if (alerts.length === 0) return true;
    let ok = true;
    for (const integration of this.#integrations.get(group.route.options.receiver) ?? []) {
      if (!this.#notifyBy(integration, group, { all, alerts }, now)) ok = false;
    }
    return ok;
  }

  #isMutedByTime({ route }: AggregationGroup, now: number): boolean {
    const instant = this.surroundings.epoch + Math.floor(now / MILLISECOND);
    const within = (name: string) => {
      const interval = this.#intervals.get(name);
      return interval !== undefined && containsInstant(interval, instant);
    };
    const { active_time_intervals: active, mute_time_intervals: mute } = route.options;
    return (active.length > 0 && !active.some(within)) || mute.some(within);
  }

  #notifyBy(
    { name, idx, sendResolved }: NotifiedIntegration,
    group: AggregationGroup,
    { all, alerts }: { all: readonly StoredAlert[]; alerts: readonly StoredAlert[] },
    now: number,
  ): boolean {
    const { log, failures, routeLabels, send } = this.surroundings;
    const { receiver } = group.route.options;
    const repeatInterval = group.route.options.repeat_interval * MILLISECOND;
    const keysOf = (resolved: boolean) =>
      new Set(alerts.filter((alert) => isResolved(alert, now) === resolved).map(({ key }) => key));
    const told = { firing: keysOf(false), resolved: keysOf(true) };
    const logKey = `${group.key}:${receiver}/${name}/${idx}`;
    const reason = reasonToNotify(log.find(logKey, now), told, { sendResolved, repeatInterval, now });
    if (!reason) return true;
    if (sendResolved || told.firing.size > 0) {
      const sent = sendResolved ? alerts : alerts.filter((alert) => !isResolved(alert, now));
      const failed = now < (failures.get(receiver) ?? 0);
      const labels = routeLabels.render(group, all, now);
      send({
        t: toSeconds(now),
        receiver,
        integration: name,
        idx,
        groupKey: group.key,
        groupLabels: group.labels,
        ...(Object.keys(labels).length > 0 && { routeLabels: labels }),
        status: told.firing.size > 0 ? "firing" : "resolved",
        reason,
        ...(failed && { failed }),
        alerts: sent.map((alert) => ({
          labels: alert.labels,
          status: isResolved(alert, now) ? "resolved" : "firing",
          startsAt: toSeconds(alert.startsAt),
          endsAt: isResolved(alert, now) ? toSeconds(alert.endsAt) : null,
        })),
      });
      if (failed) return false;
    }
    log.write(logKey, told, repeatInterval, now);
    return true;
  }
}
