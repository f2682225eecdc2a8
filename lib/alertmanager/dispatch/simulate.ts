import type { Config, TemplateFile } from "../config/types";
import { checkDuration } from "../go/duration";
import { compileInhibitRules, Inhibitor } from "../inhibition";
import type { Matcher } from "../matchers";
import type { TargetProfile } from "../profiles";
import { compileRoutes } from "../routing";
import { isObject, textOf } from "../validation/context";
import type { StoredAlert } from "./alert";
import { AlertStore } from "./alert-store";
import { fromSeconds, MILLISECOND, SECOND } from "./clock";
import { Dispatcher } from "./dispatcher";
import { NotificationLog, type NotificationReason } from "./notification-log";
import { Pipeline, type Surroundings } from "./pipeline";
import { RouteLabelRenderer } from "./route-labels";
import { Silences } from "./silences";

/** An alert as it is posted; times are seconds after the start of the simulation, absent when not given. */
export interface SimulatedAlert {
  labels: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
  startsAt?: number;
  endsAt?: number;
}

/** A silence as it is created; times are seconds after the start of the simulation. */
export interface SimulatedSilence {
  matchers: readonly Matcher[];
  startsAt: number;
  endsAt: number;
}

/** What happens at `t`, in seconds after the start. */
export interface SimulatedEvent {
  t: number;
  alerts?: readonly SimulatedAlert[];
  silence?: SimulatedSilence;
  /** The configuration that a reload brings into force. */
  reload?: Config;
  /** Sending to this receiver fails until then, and is not tried again before the group's next flush. */
  fail?: { receiver: string; until: number };
}

/** One message to one integration; times are seconds after the start. */
export interface SimulatedNotification {
  t: number;
  receiver: string;
  /** As in upstream's metrics: `webhook`. */
  integration: string;
  /** Among the receiver's integrations of that name. */
  idx: number;
  groupKey: string;
  groupLabels: Readonly<Record<string, string>>;
  /** Rendered; only when the route has some (0.34). */
  routeLabels?: Readonly<Record<string, string>>;
  status: "firing" | "resolved";
  reason: NotificationReason;
  failed?: true;
  alerts: {
    labels: Readonly<Record<string, string>>;
    status: "firing" | "resolved";
    startsAt: number;
    endsAt: number | null;
  }[];
}

export interface Simulation {
  config: Config;
  profile: TargetProfile;
  /** The instant of second 0, in milliseconds since 1970: time intervals depend on it. */
  start: number;
  events: readonly SimulatedEvent[];
  /** When to stop, in seconds after the start; what is due then still happens. */
  until: number;
  /** Template files beside the configuration, for the labels of routes. */
  templates?: readonly TemplateFile[];
  /** `--data.retention` in seconds; five days. */
  retention?: number;
  /** How often groups may be flushed before we give up; a million. */
  maxFlushes?: number;
}

const RETENTION = 120 * 3600;
const MAX_FLUSHES = 1_000_000;
/** `resolve_timeout` of a configuration that says nothing. */
const RESOLVE_TIMEOUT = 300_000;
/** How often the inhibitor forgets resolved alerts; upstream has no flag for it. */
const INHIBITOR_COLLECTS_EVERY = 15 * 60 * SECOND;

/**
 * What a single Alertmanager of the profile's version, started at second 0 without any state, would send, and when:
 * its API, alert store, dispatcher, inhibition, silences, time intervals, notification log and reloads on a clock of
 * ours. Everything takes no time; events come before what is due at the same instant. Sorted by `t`, receiver,
 * integration, index and group key. The configuration must be one that the target loads (`validateConfig`).
 *
 * @throws RangeError when more than `maxFlushes` flushes of groups would be needed.
 */
export function simulate(simulation: Simulation): SimulatedNotification[] {
  const { profile, start, retention = RETENTION, templates = [], maxFlushes = MAX_FLUSHES } = simulation;
  const sent: SimulatedNotification[] = [];
  const failures = new Map<string, number>();
  const surroundings: Surroundings = {
    silences: new Silences(),
    log: new NotificationLog(fromSeconds(retention)),
    routeLabels: new RouteLabelRenderer(profile, templates, start),
    epoch: start,
    failures,
    send: (notification) => sent.push(notification),
  };
  const store = new AlertStore();
  let current = load(simulation.config, profile, store, surroundings, 0);
  const until = fromSeconds(simulation.until);
  let flushes = 0;

  const flushBefore = (limit: number) => {
    for (let due = current.dispatcher.next(); due !== undefined && due < limit; due = current.dispatcher.next()) {
      if (++flushes > maxFlushes)
        throw new RangeError(`the simulation takes more than ${maxFlushes} flushes of groups`);
      current.dispatcher.tick();
    }
  };

  for (const event of simulation.events.toSorted((left, right) => left.t - right.t)) {
    const now = fromSeconds(event.t);
    if (now > until) break;
    flushBefore(now);
    const { alerts, silence, reload, fail } = event;
    if (alerts) {
      const posted = store.post(alerts, current.resolveTimeout, now);
      for (const alert of posted) current.inhibitor.observe(alert, now);
      for (const alert of inOrderOfIngestion(posted, profile)) current.dispatcher.insert(alert, now);
    }
    if (silence) surroundings.silences.add(silence, now);
    if (fail) failures.set(fail.receiver, fromSeconds(fail.until));
    if (reload) current = load(reload, profile, store, surroundings, now);
  }
  flushBefore(until + 1);
  return sent.sort(compareNotifications);
}

/**
 * The order in which the dispatcher sees the alerts of one batch, which decides whose age a new group goes by. Since
 * 0.32 two workers take them (more on machines of six cores and up): both are woken, and the one woken last runs first
 * and takes all that is left before the other comes to the first alert.
 */
function inOrderOfIngestion(alerts: readonly StoredAlert[], profile: TargetProfile): readonly StoredAlert[] {
  const [first, ...others] = alerts;
  return first && profile.reaches("0.32") ? [...others, first] : alerts;
}

/** What a reload makes anew, filled with the alerts that are stored. */
function load(config: Config, profile: TargetProfile, store: AlertStore, surroundings: Surroundings, now: number) {
  const inhibitor = new Inhibitor(compileInhibitRules(config.inhibit_rules, profile), profile, {
    startedAt: now,
    collectEvery: INHIBITOR_COLLECTS_EVERY,
  });
  const pipeline = new Pipeline(config, inhibitor, surroundings);
  const dispatcher = new Dispatcher(
    compileRoutes(config, profile),
    (group, alerts, at) => pipeline.notify(group, alerts, at),
    now,
  );
  const stored = store.list(now);
  for (const alert of stored) inhibitor.observe(alert, now);
  for (const alert of stored) dispatcher.insert(alert, now);
  const timeout = checkDuration(isObject(config.global) ? textOf(config.global.resolve_timeout) : "");
  return { inhibitor, dispatcher, resolveTimeout: (timeout.ok ? timeout.ms : RESOLVE_TIMEOUT) * MILLISECOND };
}

function compareNotifications(left: SimulatedNotification, right: SimulatedNotification): number {
  return (
    left.t - right.t ||
    compare(left.receiver, right.receiver) ||
    compare(left.integration, right.integration) ||
    left.idx - right.idx ||
    compare(left.groupKey, right.groupKey)
  );
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
