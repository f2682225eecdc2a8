import type { Config, Route } from "../config/types";
import { checkDuration } from "../go/duration";
import { compileMatcher, type Matcher, parseMatchers } from "../matchers";
import { newMatcher } from "../matchers/matcher";
import { sortMatchers } from "../matchers/sort";
import type { MatcherDialect, TargetProfile } from "../profiles";
import { isObject, items, textOf } from "../validation/context";
import { injectedMatchers } from "./injected-matchers";
import { literalValues } from "./literal-values";
import { indexMatchers, type RouteIndex } from "./route-index";

/** What a route does with an alert, inherited values filled in; durations are milliseconds. */
export interface RouteOptions {
  receiver: string;
  /** Label names; `...` is never among them: see `group_by_all`. */
  group_by: readonly string[];
  group_by_all: boolean;
  group_wait: number;
  group_interval: number;
  repeat_interval: number;
  /** Not inherited. */
  mute_time_intervals: readonly string[];
  /** Not inherited. */
  active_time_intervals: readonly string[];
  /** Merged with those of the parents. */
  labels: Readonly<Record<string, string>>;
}

/** One node of the tree. */
export interface CompiledRoute {
  /** The `id` of the route in the `Config`. */
  readonly id: string;
  readonly parent: CompiledRoute | null;
  /** Among its siblings, from 0. */
  readonly position: number;
  /** Of `match`, `match_re` and `matchers`, in upstream's order; of the root also those that are injected. */
  readonly matchers: readonly Matcher[];
  /** Those of `matchers` that the configuration does not say: the target's owner puts them before the root. */
  readonly injected: readonly Matcher[];
  /** Upstream's words when its matchers cannot be read; such a route matches nothing. */
  readonly error: string | null;
  readonly continues: boolean;
  readonly options: RouteOptions;
  readonly routes: readonly CompiledRoute[];
  /** Whether the matchers match; an absent label is "". */
  accepts(labels: ReadonlyMap<string, string>): boolean;
  readonly index: RouteIndex;
}

export interface CompiledRoutes {
  readonly root: CompiledRoute;
  readonly profile: TargetProfile;
}

const DEFAULTS: RouteOptions = {
  receiver: "",
  group_by: [],
  group_by_all: false,
  group_wait: 30_000,
  group_interval: 300_000,
  repeat_interval: 14_400_000,
  mute_time_intervals: [],
  active_time_intervals: [],
  labels: {},
};

const NONE: readonly Matcher[] = [];
const NO_INDEX = indexMatchers([]);

/**
 * Compiles the routing tree of a configuration for a target, to be asked with `matchRoutes` and `explainRoutes`.
 * A draft may be wrong: a route whose matchers cannot be read matches nothing, a duration that cannot be read is
 * inherited; without any route the root has no receiver. `validateConfig` tells what is wrong.
 * Routes are remembered by identity, so that little is read again after an edit: change a configuration by copying.
 */
export function compileRoutes(config: Config, profile: TargetProfile): CompiledRoutes {
  const root = isObject(config.route) ? config.route : { id: "" };
  return { root: compileRoute(root, null, 0, profile), profile };
}

function compileRoute(
  route: Route,
  parent: CompiledRoute | null,
  position: number,
  profile: TargetProfile,
): CompiledRoute {
  const own = matchersOf(route, profile.matcherDialect);
  const { matchers, error, accepts, injected } = parent ? own : injectInto(own, profile);
  const routes: CompiledRoute[] = [];
  const compiled: Omit<CompiledRoute, "index"> & { index: RouteIndex } = {
    id: textOf(route.id),
    parent,
    position,
    matchers,
    injected,
    error,
    continues: route.continue === true,
    options: optionsOf(route, parent?.options ?? DEFAULTS, profile),
    routes,
    accepts,
    index: NO_INDEX,
  };
  for (const child of items(route.routes as never) as unknown as Route[]) {
    if (isObject(child)) routes.push(compileRoute(child, compiled, routes.length, profile));
  }
  if (routes.length > 0) compiled.index = indexMatchers(routes.map(({ matchers }) => matchers));
  return compiled;
}

interface KnownOptions {
  inherited: RouteOptions;
  profile: TargetProfile;
  options: RouteOptions;
}

const knownOptions = new WeakMap<Route, KnownOptions>();
/** Those of routes that have children, by what they say: an edit makes all routes above it anew, and few say something new. */
const alike = new Map<string, RouteOptions>();
const MOST_ALIKE = 1_000;

function optionsOf(route: Route, inherited: RouteOptions, profile: TargetProfile): RouteOptions {
  const known = knownOptions.get(route);
  if (known && known.inherited === inherited && known.profile === profile) return known.options;
  let options = readOptions(route, inherited, profile);
  if (Array.isArray(route.routes)) {
    const text = JSON.stringify(options);
    const same = alike.get(text);
    if (same) options = same;
    else {
      if (alike.size >= MOST_ALIKE) alike.clear();
      alike.set(text, options);
    }
  }
  knownOptions.set(route, { inherited, profile, options });
  return options;
}

function readOptions(route: Route, inherited: RouteOptions, profile: TargetProfile): RouteOptions {
  const duration = (key: "group_wait" | "group_interval" | "repeat_interval") => {
    const read = checkDuration(textOf(route[key]));
    return read.ok ? read.ms : inherited[key];
  };
  const names = Array.isArray(route.group_by) ? route.group_by.map(textOf) : null;
  const labels = profile.reaches("0.34") ? entriesOf(route.labels) : [];
  return {
    receiver: textOf(route.receiver) || inherited.receiver,
    group_by: names ? names.filter((name) => name !== "...") : inherited.group_by,
    group_by_all: names ? names.includes("...") : inherited.group_by_all,
    group_wait: duration("group_wait"),
    group_interval: duration("group_interval"),
    repeat_interval: duration("repeat_interval"),
    mute_time_intervals: items(route.mute_time_intervals).map(textOf),
    active_time_intervals: items(route.active_time_intervals).map(textOf),
    labels: labels.length > 0 ? { ...inherited.labels, ...Object.fromEntries(labels) } : inherited.labels,
  };
}

function entriesOf(map: Readonly<Record<string, unknown>> | undefined): [string, string][] {
  return isObject(map) ? Object.entries(map).map(([name, value]) => [name, textOf(value)]) : [];
}

/** A matcher and the key and entry of the route that it is written in. */
export interface WrittenMatcher {
  readonly matcher: Matcher;
  readonly key: "match" | "match_re" | "matchers";
  readonly entry: string | number;
}

interface ReadMatchers {
  /** As they are written. */
  written: readonly WrittenMatcher[];
  matchers: readonly Matcher[];
  injected: readonly Matcher[];
  error: string | null;
  accepts: CompiledRoute["accepts"];
}

/** The root of a tenant whose target's owner asks more of alerts: there it is a first-level route. */
function injectInto(own: ReadMatchers, profile: TargetProfile): ReadMatchers {
  if (profile.injectedMatchers === "" || own.error !== null) return own;
  const read = injectedMatchers(profile);
  if (!read.ok) return { ...own, error: read.error, accepts: () => false };
  const matchers = sortMatchers([...own.matchers, ...read.matchers]);
  return { ...own, matchers, accepts: testOf(matchers), injected: read.matchers };
}

const remembered = new WeakMap<Route, { dialect: MatcherDialect; read: ReadMatchers }>();

/** The matchers of a route in the order in which they are written; none when one cannot be read. */
export function writtenMatchers(route: Route, profile: TargetProfile): readonly WrittenMatcher[] {
  return matchersOf(route, profile.matcherDialect).written;
}

/** What was read of a route, until another object stands in its place: an edit changes few of many routes. */
function matchersOf(route: Route, dialect: MatcherDialect): ReadMatchers {
  const known = remembered.get(route);
  if (known?.dialect === dialect) return known.read;
  const written = readMatchers(route, dialect);
  let read: ReadMatchers;
  if (Array.isArray(written)) {
    const found = written.map(({ matcher }) => matcher);
    const matchers = found.length > 1 ? sortMatchers(found) : found;
    read = { written, matchers, injected: NONE, error: null, accepts: testOf(matchers) };
  } else read = { written: [], matchers: [], injected: NONE, error: written.error, accepts: () => false };
  remembered.set(route, { dialect, read });
  return read;
}

function readMatchers(route: Route, dialect: MatcherDialect): WrittenMatcher[] | { error: string } {
  const written: WrittenMatcher[] = entriesOf(route.match).map(([name, value]) => {
    return { matcher: { name, op: "=", value }, key: "match", entry: name };
  });
  for (const [name, pattern] of entriesOf(route.match_re)) {
    // Upstream anchors the pattern when it reads it, and once more when it makes a matcher of it.
    const matcher = newMatcher(name, "=~", `^(?:${pattern})$`);
    if ("error" in matcher) return matcher;
    written.push({ matcher, key: "match_re", entry: name });
  }
  for (const [entry, text] of items(route.matchers).entries()) {
    const parsed = parseMatchers(textOf(text), dialect);
    if (!parsed.ok) return parsed;
    for (const matcher of parsed.matchers) written.push({ matcher, key: "matchers", entry });
  }
  return written;
}

/** Comparing is cheaper than a pattern: it goes first. */
function testOf(matchers: readonly Matcher[]): CompiledRoute["accepts"] {
  const equal = matchers.filter(({ op }) => op === "=");
  const others = matchers
    .filter(({ op }) => op !== "=")
    .sort((left, right) => left.op.length - right.op.length)
    .map((matcher) => ({ name: matcher.name, test: testOfOne(matcher) }));
  return (labels) => {
    for (const { name, value } of equal) if ((labels.get(name) ?? "") !== value) return false;
    for (const { name, test } of others) if (!test(labels.get(name) ?? "")) return false;
    return true;
  };
}

/** A list of texts such as `critical|warning` needs no engine. */
function testOfOne(matcher: Matcher): (value: string) => boolean {
  const listed = matcher.op === "=~" || matcher.op === "!~" ? literalValues(matcher.value) : null;
  if (!listed) return compileMatcher(matcher);
  const values = new Set(listed);
  return matcher.op === "=~" ? (value) => values.has(value) : (value) => !values.has(value);
}
