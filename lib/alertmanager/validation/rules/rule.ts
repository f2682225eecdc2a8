import type { JsonObject } from "../../config/types";
import { type Context, isSet } from "../context";

export type Rule = (context: Context, value: JsonObject) => void;

export function all(...rules: Rule[]): Rule {
  return (context, value) => {
    for (const rule of rules) rule(context, value);
  };
}

/** A rule of versions from `since` on; `before` judges in the older ones. */
export function from(since: string, rule: Rule, before?: Rule): Rule {
  return (context, value) => (context.profile.reaches(since) ? rule(context, value) : before?.(context, value));
}

/** A rule that wants `key` set, with upstream's words. */
export function required(key: string, upstream: string): Rule {
  return (context, value) => {
    if (!isSet(value[key])) context.report("missing_required", { params: { key }, upstream }, key);
  };
}

/** Wants one of two keys that exclude each other (`url`, `url_file`). */
export function oneOfPair(key: string, other: string): Rule {
  return (context, value) => {
    if (isSet(value[key]) || isSet(value[other])) return;
    const upstream = `one of ${key} or ${other} must be configured`;
    context.report("one_of_required", { params: { keys: `${key}, ${other}` }, upstream }, key);
  };
}

/** Refuses two keys at once; `held` says when the first counts as set. */
export function notBoth(key: string, other: string, held: (value: unknown) => boolean = isSet): Rule {
  return (context, value) => {
    if (!held(value[key]) || !isSet(value[other])) return;
    const upstream = `at most one of ${key} & ${other} must be configured`;
    context.report("mutually_exclusive", { params: { keys: `${key}, ${other}` }, upstream }, other);
  };
}

export function oneOf(key: string, allowed: string[], upstream: (value: string) => string): Rule {
  return (context, value) => {
    const text = value[key];
    if (text === undefined || text === null || typeof text === "object" || allowed.includes(String(text))) return;
    const params = { key, value: String(text), allowed: allowed.filter(Boolean).join(", ") };
    context.report("value_not_allowed", { params, upstream: upstream(String(text)) }, key);
  };
}
