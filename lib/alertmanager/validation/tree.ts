import type { Config, JsonObject, Path } from "../config/types";
import { checkDuration } from "../go/duration";
import { goQuote } from "../go/quote";
import { type Context, isObject, isSet, items, textOf } from "./context";
import { panicWhileDecoding } from "./panic";
import { isMatching, routeFacts } from "./route-facts";
import { suggestionFor } from "./suggest";

/** What only the whole configuration shows: the root route, and names that are used, unique and defined; in upstream's order. */
export function checkTree(context: Context, config: Config) {
  const route = config.route as unknown;
  const root = isObject(route) ? route : null;
  if (root) checkRoot(context, root);
  else {
    const empty = Object.values(config).every((value) => value === undefined);
    context.report("route_missing", { upstream: empty ? "no route provided in config" : "no routes provided" });
  }
  const facts = root && routeFacts(root);
  const names = receiverNames(context, config, new Set(facts?.receivers));
  if (root) checkReceivers(context, root, ["route"], names);
  const intervals = intervalNames(context, config, new Set(facts?.intervals));
  if (root) checkIntervals(context, root, ["route"], intervals);
  if (root?.continue === true) {
    const fix = { code: "remove_key", edits: [{ path: ["route", "continue"] }] };
    context.report("root_continue", { upstream: "cannot have continue in root route", fix }, "route", "continue");
  }
  checkGlobs(context, config);
  if (!root) return;
  checkReach(context, root, ["route"]);
  checkTimers(context, root, ["route"], {});
}

function checkRoot(context: Context, route: JsonObject) {
  context.path.push("route");
  if (!isSet(route.receiver)) {
    context.report("root_receiver_missing", { upstream: "root route must specify a default receiver" }, "receiver");
  }
  const matching = isMatching(route)
    ? ["match", "match_re", "matchers"].find((key) => isMatching({ [key]: route[key] ?? null }))
    : undefined;
  if (matching) {
    const fix = { code: "remove_key", edits: [{ path: context.below(matching) }] };
    context.report("root_matchers", { upstream: "root route must not have any matchers", fix }, matching);
  }
  for (const [key, words] of [
    ["mute_time_intervals", "mute"],
    ["active_time_intervals", "active"],
  ] as const) {
    if (items(route[key]).length === 0) continue;
    const fix = { code: "remove_key", edits: [{ path: context.below(key) }] };
    const upstream = `root route must not have any ${words} time intervals`;
    context.report("root_time_intervals", { params: { key }, upstream, fix }, key);
  }
  context.path.pop();
}

/** Names of receivers; an empty item stands for one without a name. */
function receiverNames(context: Context, config: Config, used: ReadonlySet<string>): Set<string> {
  const names = new Set<string>();
  items(config.receivers as never).forEach((receiver, index) => {
    const name = isObject(receiver) ? textOf(receiver.name) : "";
    if (name !== "" && !used.has(name)) {
      context.report("receiver_unused", { severity: "info", params: { name } }, "receivers", index);
    }
    names.add(name);
  });
  return names;
}

/** Children come before their parent. */
function checkReceivers(context: Context, route: JsonObject, path: Path, names: ReadonlySet<string>) {
  const { odd, receivers } = routeFacts(route);
  if (!odd && receivers.every((name) => names.has(name))) return;
  items(route.routes).forEach((child, index) => {
    const place = [...path, "routes", index];
    if (isObject(child)) checkReceivers(context, child, place, names);
    if (child !== null) return;
    const fix = { code: "remove_item", edits: [{ path: place }] };
    context.report("null_item_crash", { fix, upstream: panicWhileDecoding(context.profile) }, ...place);
  });
  const name = textOf(route.receiver);
  if (name === "" || names.has(name)) return;
  const upstream = `undefined receiver ${goQuote(name)} used in route`;
  const suggestion = suggestionFor(name, names);
  const place = [...path, "receiver"];
  if (suggestion === undefined) return context.report("receiver_undefined", { params: { name }, upstream }, ...place);
  const fix = { code: "use_suggestion", edits: [{ path: place, value: suggestion }] };
  context.report("receiver_undefined_suggestion", { params: { name, suggestion }, upstream, fix }, ...place);
}

function intervalNames(context: Context, config: Config, used: ReadonlySet<string>): Set<string> {
  const names = new Set<string>();
  for (const key of ["mute_time_intervals", "time_intervals"] as const) {
    items(config[key] as never).forEach((interval, index) => {
      const name = isObject(interval) ? textOf(interval.name) : "";
      if (names.has(name)) {
        const upstream = `${key === "time_intervals" ? "time interval" : "mute time interval"} ${goQuote(name)} is not unique`;
        context.report("time_interval_duplicate", { params: { name }, upstream }, key, index, "name");
      }
      names.add(name);
      if (name !== "" && !used.has(name))
        context.report("time_interval_unused", { severity: "info", params: { name } }, key, index);
    });
  }
  return names;
}

function checkIntervals(context: Context, route: JsonObject, path: Path, names: ReadonlySet<string>) {
  if (routeFacts(route).intervals.every((name) => names.has(name))) return;
  items(route.routes).forEach((child, index) => {
    if (isObject(child)) checkIntervals(context, child, [...path, "routes", index], names);
  });
  for (const key of ["active_time_intervals", "mute_time_intervals"] as const) {
    items(route[key]).forEach((item, index) => {
      const name = textOf(item);
      if (names.has(name)) return;
      const upstream = `undefined time interval ${goQuote(name)} used in route`;
      const suggestion = suggestionFor(name, names);
      const edits = suggestion === undefined ? [] : [{ path: [...path, key, index], value: suggestion }];
      const fix = edits.length > 0 ? { fix: { code: "use_suggestion", edits } } : {};
      context.report("time_interval_undefined", { params: { name }, upstream, ...fix }, ...path, key, index);
    });
  }
}

/** Go's `filepath.Match` refuses an unclosed class and a trailing backslash. */
function checkGlobs(context: Context, config: Config) {
  items(config.templates).forEach((glob, index) => {
    const value = textOf(glob);
    const rest = value.replace(/\\[\s\S]/g, "").replace(/\[\^?[^\]]+\]/g, "");
    if (!/[[\\]/.test(rest)) return;
    context.report(
      "template_glob_invalid",
      { stage: "templates", params: { value }, upstream: "syntax error in pattern" },
      "templates",
      index,
    );
  });
}

/** Routes behind a sibling that takes every alert and lets none go on. */
function checkReach(context: Context, route: JsonObject, path: Path) {
  if (!routeFacts(route).unreachable) return;
  let closed = false;
  items(route.routes).forEach((child, index) => {
    if (!isObject(child)) return;
    const place = [...path, "routes", index];
    if (closed) context.report("route_unreachable", { severity: "warning" }, ...place);
    checkReach(context, child, place);
    closed ||= routeFacts(child).catchesAll;
  });
}

interface Timers {
  group?: number;
  repeat?: number;
}

/** Upstream only logs this, where nobody looks. */
function checkTimers(context: Context, route: JsonObject, path: Path, parent: Timers) {
  if (!routeFacts(route).timed) return;
  const timers: Timers = {
    group: milliseconds(route.group_interval) ?? parent.group ?? 300_000,
    repeat: milliseconds(route.repeat_interval) ?? parent.repeat ?? 14_400_000,
  };
  const own = isSet(route.group_interval) || isSet(route.repeat_interval);
  if (own && timers.repeat! < timers.group! && timers.repeat! > 0) {
    const key = isSet(route.repeat_interval) ? "repeat_interval" : "group_interval";
    context.report("repeat_shorter_than_group", { severity: "warning" }, ...path, key);
  }
  items(route.routes).forEach((child, index) => {
    if (isObject(child)) checkTimers(context, child, [...path, "routes", index], timers);
  });
}

function milliseconds(value: unknown): number | undefined {
  if (!isSet(value)) return undefined;
  const result = checkDuration(textOf(value));
  return result.ok ? result.ms : undefined;
}
