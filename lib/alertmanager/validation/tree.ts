import type { Config, JsonObject, Path } from "../config/types";
import { usages } from "../config/usages";
import { checkDuration } from "../go/duration";
import { goQuote } from "../go/quote";
import { type Context, isObject, isSet, items, textOf } from "./context";
import { suggestionFor } from "./suggest";

/** What only the whole configuration shows: names that are used, unique and defined, and the root route. */
export function checkTree(context: Context, config: Config) {
  checkRoot(context, config);
  const used = usages(config);
  checkReceiverNames(context, config, used.receivers);
  checkIntervalNames(context, config, used.timeIntervals);
  checkGlobs(context, config);
  if (isObject(config.route)) checkReach(context, config.route as unknown as JsonObject, ["route"]);
  if (isObject(config.route)) checkTimers(context, config.route as unknown as JsonObject, ["route"], {});
}

function checkRoot(context: Context, config: Config) {
  const route = config.route as unknown;
  if (!isObject(route)) {
    const empty = Object.values(config).every((value) => value === undefined);
    return context.report("route_missing", { upstream: empty ? "no route provided in config" : "no routes provided" });
  }
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
  if (route.continue === true) {
    const fix = { code: "remove_key", edits: [{ path: context.below("continue") }] };
    context.report("root_continue", { upstream: "cannot have continue in root route", fix }, "continue");
  }
  context.path.pop();
}

function checkReceiverNames(context: Context, config: Config, used: Record<string, Path[]>) {
  const names = new Set<string>();
  items(config.receivers as never).forEach((receiver, index) => {
    const name = isObject(receiver) ? textOf(receiver.name) : "";
    if (names.has(name) && name !== "") {
      const upstream = `notification config name ${goQuote(name)} is not unique`;
      context.report("receiver_duplicate", { params: { name }, upstream }, "receivers", index, "name");
    }
    if (name !== "" && !Object.hasOwn(used, name)) {
      context.report("receiver_unused", { severity: "info", params: { name } }, "receivers", index);
    }
    names.add(name);
  });
  for (const [name, paths] of Object.entries(used)) {
    if (names.has(name)) continue;
    const suggestion = suggestionFor(name, names);
    const upstream = `undefined receiver ${goQuote(name)} used in route`;
    for (const path of paths) {
      if (suggestion === undefined) context.report("receiver_undefined", { params: { name }, upstream }, ...path);
      else {
        const fix = { code: "use_suggestion", edits: [{ path, value: suggestion }] };
        context.report("receiver_undefined_suggestion", { params: { name, suggestion }, upstream, fix }, ...path);
      }
    }
  }
}

function checkIntervalNames(context: Context, config: Config, used: Record<string, Path[]>) {
  const names = new Set<string>();
  for (const key of ["mute_time_intervals", "time_intervals"] as const) {
    items(config[key] as never).forEach((interval, index) => {
      const name = isObject(interval) ? textOf(interval.name) : "";
      if (name === "") return;
      if (names.has(name)) {
        const upstream = `${key === "time_intervals" ? "time interval" : "mute time interval"} ${goQuote(name)} is not unique`;
        context.report("time_interval_duplicate", { params: { name }, upstream }, key, index, "name");
      }
      names.add(name);
      if (!Object.hasOwn(used, name))
        context.report("time_interval_unused", { severity: "info", params: { name } }, key, index);
    });
  }
  for (const [name, paths] of Object.entries(used)) {
    if (names.has(name)) continue;
    const upstream = `undefined time interval ${goQuote(name)} used in route`;
    for (const path of paths) context.report("time_interval_undefined", { params: { name }, upstream }, ...path);
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
  let closed = false;
  items(route.routes).forEach((child, index) => {
    if (!isObject(child)) return;
    const place = [...path, "routes", index];
    if (closed) context.report("route_unreachable", { severity: "warning" }, ...place);
    checkReach(context, child, place);
    closed ||= child.continue !== true && !isMatching(child);
  });
}

function isMatching(route: JsonObject): boolean {
  const maps = [route.match, route.match_re].some((map) => isObject(map) && Object.keys(map).length > 0);
  return maps || items(route.matchers).some((text) => !/^\s*(\{\s*\})?\s*$/.test(textOf(text)));
}

interface Timers {
  group?: number;
  repeat?: number;
}

/** Upstream only logs this, where nobody looks. */
function checkTimers(context: Context, route: JsonObject, path: Path, parent: Timers) {
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
