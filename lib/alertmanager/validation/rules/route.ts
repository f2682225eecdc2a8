import type { JsonObject } from "../../config/types";
import { checkDuration } from "../../go/duration";
import { goQuote } from "../../go/quote";
import { parseMatchers } from "../../matchers/parse";
import { printMatcher } from "../../matchers/print";
import { type Context, isObject, items, textOf } from "../context";

const CLASSIC_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function validName(context: Context, name: string): boolean {
  return context.profile.matcherDialect === "classic" ? CLASSIC_NAME.test(name) : name !== "";
}

/** The parts of a route that need no other part of the tree. */
export function checkRouteNode(context: Context, value: JsonObject) {
  checkMatchKeys(context, value, "match", "match_re", "matchers");
  if (isObject(value.labels)) {
    for (const name of Object.keys(value.labels)) {
      if (name !== "") continue;
      const upstream = `invalid label name ${goQuote(name)} in route labels`;
      context.report("invalid_label_name", { params: { name }, upstream }, "labels", name);
    }
  }
  checkGroupBy(context, value);
  for (const key of ["group_interval", "repeat_interval"]) {
    if (value[key] === undefined || value[key] === null) continue;
    const duration = checkDuration(textOf(value[key]));
    if (!duration.ok || duration.ms > 0) continue;
    context.report("interval_zero", { params: { key }, upstream: `${key} cannot be zero` }, key);
  }
}

function checkGroupBy(context: Context, value: JsonObject) {
  const seen = new Set<string>();
  const labels = items(value.group_by).map(textOf);
  labels.forEach((name, index) => {
    if (name === "..." || validName(context, name)) return;
    const upstream = `invalid label name ${goQuote(name)} in group_by list`;
    context.report("invalid_label_name", { params: { name }, upstream }, "group_by", index);
  });
  if (labels.includes("...") && labels.some((name) => name !== "...")) {
    const other = context.profile.reaches("0.29") ? "other" : "other other";
    const upstream = `cannot have wildcard group_by (\`...\`) and ${other} labels at the same time`;
    context.report("group_by_wildcard", { upstream }, "group_by");
  }
  labels.forEach((name, index) => {
    if (name !== "..." && seen.has(name)) {
      const fix = { code: "remove_item", edits: [{ path: context.below("group_by", index) }] };
      const upstream = `duplicated label ${goQuote(name)} in group_by`;
      context.report("group_by_duplicate", { params: { name }, upstream, fix }, "group_by", index);
    }
    seen.add(name);
  });
}

export function checkInhibitRule(context: Context, value: JsonObject) {
  checkMatchKeys(context, value, "source_match", "source_match_re", "source_matchers");
  checkMatchKeys(context, value, "target_match", "target_match_re", "target_matchers");
  if (context.profile.reaches("0.28")) {
    items(value.equal).forEach((item, index) => {
      const name = textOf(item);
      if (validName(context, name)) return;
      const upstream = `invalid label name ${goQuote(name)} in equal list`;
      context.report("invalid_label_name", { params: { name }, upstream }, "equal", index);
    });
  }
  const empty = ["source", "target"].every((side) =>
    ["_match", "_match_re", "_matchers"].every((key) => isEmpty(value[side + key])),
  );
  if (empty) context.report("inhibit_rule_empty", { severity: "warning" });
}

function isEmpty(value: unknown): boolean {
  return !(Array.isArray(value) ? value.length > 0 : isObject(value) && Object.keys(value).length > 0);
}

/** A map of patterns checks itself once it is decoded. */
export function checkRegexps(context: Context, map: JsonObject) {
  checkClassicNames(context, map);
  for (const [name, pattern] of Object.entries(map)) {
    if (pattern !== null) continue;
    const upstream = `invalid regexp value for ${goQuote(name)}`;
    context.report("invalid_regexp", { params: { value: "", reason: "empty" }, upstream }, name);
  }
}

function checkClassicNames(context: Context, map: JsonObject, ...below: string[]) {
  for (const name of Object.keys(map)) {
    if (CLASSIC_NAME.test(name)) continue;
    const upstream = `invalid label name ${goQuote(name)}`;
    context.report("invalid_label_name", { params: { name }, upstream }, ...below, name);
  }
}

/** The old maps: their keys are classic names whatever the dialect; one click turns them into matchers. */
function checkMatchKeys(context: Context, value: JsonObject, match: string, matchRe: string, matchers: string) {
  for (const key of [match, matchRe]) {
    const map = value[key];
    if (!isObject(map)) continue;
    const names = Object.keys(map);
    if (key === match) checkClassicNames(context, map, key);
    if (names.length === 0) continue;
    const op = key === matchRe ? "=~" : "=";
    const written = names.map((name) => printMatcher({ name, op, value: textOf(map[name]) }));
    if (written.some((text) => !parseMatchers(text, context.profile.matcherDialect).ok)) continue;
    const edits = [
      { path: context.below(key) },
      { path: context.below(matchers), value: [...items(value[matchers]), ...written] },
    ];
    context.report(
      "matchers_deprecated",
      { severity: "info", params: { key, replacement: matchers }, fix: { code: "use_matchers", edits } },
      key,
    );
  }
}
