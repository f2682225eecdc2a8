import { compileMatcher, type Matcher, parseMatchers, printMatcher, printMatchers } from "../../matchers";
import { isObject, textOf } from "../../validation/context";
import type { Fix } from "../../validation/diagnostic";
import { type WrittenMatcher, writtenMatchers } from "../compile-routes";
import { complement, onlyValue, valuesOf } from "../values/value-set";
import { type Findings, type SeenLabels, seenValues } from "./lint";
import type { Place } from "./places";

/** Patterns that are no patterns, and matchers of what no alert in the history had. */
export function lintMatchers(place: Place, findings: Findings) {
  const { seen, profile } = findings;
  for (const written of writtenMatchers(place.written, profile)) {
    lintPattern(place, written, findings);
    if (seen && seen.alerts > 0) lintSeen(place, written, seen, findings);
  }
}

function lintPattern(place: Place, written: WrittenMatcher, findings: Findings) {
  const { matcher, key, entry } = written;
  if (matcher.op === "=" || matcher.op === "!=") return;
  const value = exactValue(matcher);
  if (value === null) return;
  const equal: Matcher = { name: matcher.name, op: matcher.op === "=~" ? "=" : "!=", value };
  const edits = replaced(place, written, equal, findings);
  const fix: Fix | undefined = edits ? { code: "use_equality", edits } : undefined;
  // Without the anchors that upstream adds.
  const text = key === "match_re" ? textOf(place.written.match_re?.[entry]) : matcher.value;
  const params = { matcher: printMatcher({ ...matcher, value: text }), instead: printMatcher(equal) };
  findings.add("matcher_is_equality", [...place.path, key, entry], params, fix && { fix });
}

const exactValues = new WeakMap<Matcher, string | null>();

function exactValue(matcher: Matcher): string | null {
  let known = exactValues.get(matcher);
  if (known === undefined) {
    const taken = valuesOf(matcher);
    known = taken && onlyValue(matcher.op === "!~" ? complement(taken) : taken);
    exactValues.set(matcher, known);
  }
  return known;
}

function lintSeen(place: Place, { matcher, key, entry }: WrittenMatcher, seen: SeenLabels, findings: Findings) {
  const takes = compileMatcher(matcher);
  // What an absent label satisfies needs no example.
  if (takes("")) return;
  const values = Object.keys(seenValues(seen, matcher.name));
  const path = [...place.path, key, entry];
  const params = { name: matcher.name, matcher: printMatcher(matcher), alerts: seen.alerts };
  if (values.length === 0) findings.add("matcher_label_unseen", path, params, { proof: "no_example" });
  else if (!values.some(takes)) findings.add("matcher_value_unseen", path, params, { proof: "no_example" });
}

/** The edits that put another matcher in its place; `null` where there is no room for it. */
function replaced(place: Place, { matcher, key, entry }: WrittenMatcher, other: Matcher, findings: Findings) {
  const { written: route, path } = place;
  if (key === "matchers") {
    const all = writtenMatchers(route, findings.profile).filter((one) => one.key === key && one.entry === entry);
    const wanted = all.map((one) => (one.matcher === matcher ? other : one.matcher));
    const value = wanted.map(printMatcher).join(",");
    const again = parseMatchers(value, findings.profile.matcherDialect);
    const same = again.ok && printMatchers(again.matchers) === printMatchers(wanted);
    return same ? [{ path: [...path, key, entry], value }] : null;
  }
  const { match, match_re: patterns } = route;
  if (other.op !== "=" || (isObject(match) && Object.hasOwn(match, entry))) return null;
  const last = isObject(patterns) && Object.keys(patterns).length === 1;
  return [
    { path: last ? [...path, key] : [...path, key, entry] },
    { path: [...path, "match", entry], value: other.value },
  ];
}
