import type { Config, TimeInterval } from "../config/types";
import { findInhibitions, type InhibitedBy } from "../inhibition";
import type { TargetProfile } from "../profiles";
import {
  type CompiledRoutes,
  compileRoutes,
  explainRoutes,
  matchRoutes,
  type RouteExplanation,
  type RouteMatch,
} from "../routing";
import { containsInstant, intervalSwitches } from "../time-intervals";
import { isObject, items, textOf } from "../validation/context";

type Labels = Readonly<Record<string, string>>;

/** A receiver that an alert goes to, at one instant. Times are milliseconds since 1970. */
export interface Delivery {
  match: RouteMatch;
  /** Why nothing is sent now: a mute interval that holds, or active intervals of which none holds. */
  mutedBy: { kind: "mute" | "active"; intervals: readonly string[] } | null;
  /** When that ends; null when it is not muted, or nobody knows an end within eight years. */
  mutedUntil: number | null;
  /** When it gets muted, if it is not; null when it is, or no start is known within eight years. */
  mutedFrom: number | null;
  /** When a new group would be notified about first: after `group_wait`, and not while it is muted; null when never. */
  firstAt: number | null;
}

/** Where an alert goes and why, and why not elsewhere. */
export interface AlertTrace {
  explanation: RouteExplanation;
  deliveries: readonly Delivery[];
  inhibitedBy: readonly InhibitedBy[];
}

export interface TraceOptions {
  /** The instant that time intervals are asked about, in milliseconds since 1970. */
  at: number;
  /** Other alerts that fire then, in the order in which they came; they may inhibit. */
  firing?: readonly Labels[];
  /** When the tree is compiled already. */
  routes?: CompiledRoutes;
}

/**
 * Follows one alert through a configuration at an instant, as the target would: routes with all that was asked, receivers
 * with group and timings, time intervals, and inhibition by other firing alerts (from 0.30 on a rule knows one source for
 * each set of `equal` labels only). Silences are not of the configuration, and not looked at.
 */
export function traceAlert(config: Config, profile: TargetProfile, labels: Labels, options: TraceOptions): AlertTrace {
  const routes = options.routes ?? compileRoutes(config, profile);
  const intervals = namedIntervals(config);
  return {
    explanation: explainRoutes(routes, labels),
    deliveries: matchRoutes(routes, labels).map((match) => delivery(match, intervals, options.at)),
    inhibitedBy: findInhibitions(config.inhibit_rules, profile, options.firing ?? [])(labels),
  };
}

function namedIntervals(config: Config): ReadonlyMap<string, TimeInterval> {
  const all = [...items(config.mute_time_intervals as never), ...items(config.time_intervals as never)];
  return new Map(all.filter(isObject).map((one) => [textOf(one.name), one as unknown as TimeInterval]));
}

function delivery(match: RouteMatch, intervals: ReadonlyMap<string, TimeInterval>, at: number): Delivery {
  const { mute_time_intervals: mute, active_time_intervals: active, group_wait: wait } = match.options;
  const holds = (name: string, instant: number) => {
    const interval = intervals.get(name);
    return interval !== undefined && containsInstant(interval, instant);
  };
  const reason = (instant: number): Delivery["mutedBy"] => {
    if (active.length > 0 && !active.some((name) => holds(name, instant))) return { kind: "active", intervals: active };
    const muting = mute.filter((name) => holds(name, instant));
    return muting.length > 0 ? { kind: "mute", intervals: muting } : null;
  };
  const mutedBy = reason(at);
  const switchAfter = (instant: number) => {
    const muted = reason(instant) !== null;
    const named = [...mute, ...active].flatMap((name) => intervals.get(name) ?? []);
    const switches = named.flatMap((interval) => intervalSwitches(interval, instant, { count: SWITCHES }));
    const ends = [...new Set(switches.map((one) => one.at))].sort((left, right) => left - right);
    return ends.find((end) => (reason(end) !== null) !== muted) ?? null;
  };
  const audibleFrom = (instant: number) => (reason(instant) ? switchAfter(instant) : instant);
  const first = audibleFrom(at + wait);
  // A group that was muted at its first flush is looked at again each group_interval.
  const step = Math.max(1, match.options.group_interval);
  const late = first === null ? 0 : Math.max(0, first - (at + wait));
  return {
    match,
    mutedBy,
    mutedUntil: mutedBy ? switchAfter(at) : null,
    mutedFrom: mutedBy ? null : switchAfter(at),
    firstAt: first === null ? null : at + wait + Math.ceil(late / step) * step,
  };
}

/** Of each interval; enough for several that overlap over a holiday. */
const SWITCHES = 60;
