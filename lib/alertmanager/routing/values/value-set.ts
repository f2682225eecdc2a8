import type { Matcher } from "../../matchers";
import { literalValues } from "../literal-values";
import {
  type Automaton,
  accepts,
  automatonOf,
  automatonOfTexts,
  complementOf,
  intersection,
  samplesOf,
} from "./automaton";
import { readPattern } from "./pattern-syntax";

/** Which values a label may have; an absent label has the value "". */
export type ValueSet =
  | { readonly kind: "only" | "all_but"; readonly values: ReadonlySet<string> }
  | { readonly kind: "pattern"; readonly automaton: Automaton };

export const ANY_VALUE: ValueSet = { kind: "all_but", values: new Set() };
const NO_VALUE: ValueSet = { kind: "only", values: new Set() };

const CACHE_LIMIT = 500;
const ofPatterns = new Map<string, ValueSet | null>();
/** Compiled routes keep their matchers, so that most of a large tree is known again after an edit. */
const ofMatchers = new WeakMap<Pick<Matcher, "op" | "value">, ValueSet | null>();

/**
 * The values that a matcher takes; `null` when its pattern is beyond what can be told exactly. RE2 must take it; it is
 * remembered by identity.
 */
export function valuesOf(matcher: Pick<Matcher, "op" | "value">): ValueSet | null {
  let known = ofMatchers.get(matcher);
  if (known === undefined) {
    known = read(matcher);
    ofMatchers.set(matcher, known);
  }
  return known;
}

function read({ op, value }: Pick<Matcher, "op" | "value">): ValueSet | null {
  if (op === "=") return { kind: "only", values: new Set([value]) };
  if (op === "!=") return { kind: "all_but", values: new Set([value]) };
  let matching = ofPatterns.get(value);
  if (matching === undefined) {
    if (ofPatterns.size >= CACHE_LIMIT) ofPatterns.clear();
    matching = valuesOfPattern(value);
    ofPatterns.set(value, matching);
  }
  return matching && op === "!~" ? complement(matching) : matching;
}

function valuesOfPattern(pattern: string): ValueSet | null {
  const values = literalValues(pattern);
  if (values) return { kind: "only", values: new Set(values) };
  const written = readPattern(pattern);
  const automaton = written && automatonOf(written);
  return automaton && { kind: "pattern", automaton };
}

export function complement(set: ValueSet): ValueSet {
  if (set.kind === "pattern") return { kind: "pattern", automaton: complementOf(set.automaton) };
  return { kind: set.kind === "only" ? "all_but" : "only", values: set.values };
}

/** `null` when it is too large to tell. */
export function intersect(left: ValueSet, right: ValueSet): ValueSet | null {
  if (left.kind === "only") return filtered(left.values, right);
  if (right.kind === "only") return filtered(right.values, left);
  if (left.kind === "all_but" && right.kind === "all_but") {
    return { kind: "all_but", values: new Set([...left.values, ...right.values]) };
  }
  if (left.kind === "all_but" && left.values.size === 0) return right;
  if (right.kind === "all_but" && right.values.size === 0) return left;
  const [one, other] = [asAutomaton(left), asAutomaton(right)];
  const automaton = one && other && intersection(one, other);
  return automaton && { kind: "pattern", automaton };
}

function filtered(values: ReadonlySet<string>, by: ValueSet): ValueSet {
  const kept = [...values].filter((value) => includes(by, value));
  return kept.length === 0 ? NO_VALUE : { kind: "only", values: new Set(kept) };
}

function asAutomaton(set: ValueSet): Automaton | null {
  if (set.kind === "pattern") return set.automaton;
  const texts = automatonOfTexts(set.values);
  return texts && (set.kind === "only" ? texts : complementOf(texts));
}

export function includes(set: ValueSet, value: string): boolean {
  if (set.kind === "pattern") return accepts(set.automaton, value);
  return set.values.has(value) === (set.kind === "only");
}

/** Up to `most` of its values; none when it has none. */
export function samples(set: ValueSet, most = 1): string[] {
  if (set.kind === "pattern") return samplesOf(set.automaton, most);
  if (set.kind === "only") return [...set.values].slice(0, most);
  const found: string[] = [];
  for (let number = -1; found.length < most; number++) {
    const value = number < 0 ? "" : number === 0 ? "other" : `other-${number}`;
    if (!set.values.has(value)) found.push(value);
  }
  return found;
}

export function isEmpty(set: ValueSet): boolean {
  return samples(set).length === 0;
}

/** Whether all of `inner` is in `outer`; `null` when that is too much to tell. */
export function isWithin(inner: ValueSet, outer: ValueSet): boolean | null {
  const rest = intersect(inner, complement(outer));
  return rest && isEmpty(rest);
}

/** Its value when it has exactly one. */
export function onlyValue(set: ValueSet): string | null {
  const [first, second] = samples(set, 2);
  if (first === undefined || second !== undefined) return null;
  // Samples take one character of a class, where several may fit.
  return isWithin(set, { kind: "only", values: new Set([first]) }) === true ? first : null;
}
