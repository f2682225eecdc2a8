import type { Path, Route } from "../../config/types";
import { compileMatcher, type Matcher, parseMatchers, printMatcher } from "../../matchers";
import { equalJson } from "../../rendering/equal";
import { isObject, items, textOf } from "../../validation/context";
import type { Fix } from "../../validation/diagnostic";
import { onlyValue, valuesOf } from "../values/value-set";
import { type Findings, type SeenLabels, seenValues } from "./lint";
import type { Place } from "./places";

/** A matcher and the entry of the configuration that it stands in. */
interface Written {
  matcher: Matcher;
  path: Path;
  /** The entry with another matcher in its place; `null` when there is no room for it. */
  instead(other: Matcher): Fix["edits"] | null;
}

/** Patterns that are no patterns, and matchers of what no alert in the history had. */
export function lintMatchers(place: Place, findings: Findings) {
  if (place.route.error !== null) return;
  for (const written of writtenMatchers(place.written, place.path, findings)) {
    lintPattern(written, findings);
    if (findings.seen && findings.seen.alerts > 0) lintSeen(written, findings.seen, findings);
  }
}

function lintPattern({ matcher, path, instead }: Written, findings: Findings) {
  if (matcher.op === "=" || matcher.op === "!=") return;
  const value = exactValue(matcher.value);
  if (value === null) return;
  const equal: Matcher = { name: matcher.name, op: matcher.op === "=~" ? "=" : "!=", value };
  const edits = instead(equal);
  const fix: Fix | undefined = edits ? { code: "use_equality", edits } : undefined;
  const params = { matcher: printMatcher(matcher), instead: printMatcher(equal) };
  findings.add("matcher_is_equality", path, params, fix && { fix });
}

const exactValues = new Map<string, string | null>();
const CACHE_LIMIT = 2_000;

function exactValue(pattern: string): string | null {
  let known = exactValues.get(pattern);
  if (known === undefined) {
    if (exactValues.size >= CACHE_LIMIT) exactValues.clear();
    const values = valuesOf({ op: "=~", value: pattern });
    known = values && onlyValue(values);
    exactValues.set(pattern, known);
  }
  return known;
}

function lintSeen({ matcher, path }: Written, seen: SeenLabels, findings: Findings) {
  const takes = compileMatcher(matcher);
  // What an absent label satisfies needs no example.
  if (takes("")) return;
  const values = Object.keys(seenValues(seen, matcher.name));
  const params = { name: matcher.name, matcher: printMatcher(matcher), alerts: seen.alerts };
  if (values.length === 0) findings.add("matcher_label_unseen", path, params, { proof: "no_example" });
  else if (!values.some(takes)) findings.add("matcher_value_unseen", path, params, { proof: "no_example" });
}

function writtenMatchers(route: Route, at: Path, { profile }: Findings): Written[] {
  const found: Written[] = [];
  for (const [key, op] of [
    ["match", "="],
    ["match_re", "=~"],
  ] as const) {
    const map = route[key];
    if (!isObject(map)) continue;
    for (const [name, value] of Object.entries(map)) {
      const path = [...at, key, name];
      const instead = ({ op: wanted, value: text }: Matcher) => {
        if (wanted !== "=" || (isObject(route.match) && Object.hasOwn(route.match, name))) return null;
        const rest = Object.keys(map).length === 1 ? { path: [...at, key] } : { path };
        return [rest, { path: [...at, "match", name], value: text }];
      };
      found.push({ matcher: { name, op, value: textOf(value) }, path, instead });
    }
  }
  items(route.matchers as never).forEach((item, index) => {
    const read = parseMatchers(textOf(item), profile.matcherDialect);
    if (!read.ok) return;
    const path = [...at, "matchers", index];
    for (const matcher of read.matchers) {
      const instead = (other: Matcher) => {
        const wanted = read.matchers.map((one) => (one === matcher ? other : one));
        const value = wanted.map(printMatcher).join(",");
        const again = parseMatchers(value, profile.matcherDialect);
        return again.ok && equalJson(again.matchers.map(bare) as never, wanted.map(bare) as never)
          ? [{ path, value }]
          : null;
      };
      found.push({ matcher, path, instead });
    }
  });
  return found;
}

function bare({ name, op, value }: Matcher): Matcher {
  return { name, op, value };
}
