import type { InhibitRule } from "../config/types";
import { compileMatcher, type Matcher, parseMatchers } from "../matchers";
import type { TargetProfile } from "../profiles";
import { injectedOf } from "../routing/injected-matchers";
import { isObject, items, textOf } from "../validation/context";

type Labels = Readonly<Record<string, string>>;

/** One entry of `inhibit_rules`, ready to be asked. */
export interface CompiledInhibitRule {
  readonly name: string;
  /** The labels that its matchers ask for. */
  readonly labelNames: readonly string[];
  /** No matchers match every alert. */
  isSource(labels: Labels): boolean;
  isTarget(labels: Labels): boolean;
  /** The same text for two label sets that agree in all labels of `equal`; an absent label is "". */
  equalKey(labels: Labels): string;
}

/**
 * Compiles the inhibition rules of a configuration for a target: `source_match`, `source_match_re` and
 * `source_matchers` must all match, and so for the target side. A rule whose matchers cannot be read is left out;
 * `validateConfig` tells what is wrong with it. Matchers that the target's owner injects are asked of both sides.
 */
export function compileInhibitRules(
  rules: readonly InhibitRule[] | undefined,
  profile: TargetProfile,
): CompiledInhibitRule[] {
  return items(rules as never).flatMap((rule) =>
    isObject(rule) ? compileRule(rule as unknown as InhibitRule, profile) : [],
  );
}

function compileRule(rule: InhibitRule, profile: TargetProfile): CompiledInhibitRule[] {
  const source = compileSide(rule.source_match, rule.source_match_re, rule.source_matchers, profile);
  const target = compileSide(rule.target_match, rule.target_match_re, rule.target_matchers, profile);
  if (!source || !target) return [];
  const equal = [...new Set(items(rule.equal).map(textOf))];
  return [
    {
      name: textOf(rule.name),
      labelNames: [...source.names, ...target.names],
      isSource: source.test,
      isTarget: target.test,
      equalKey: (labels) => JSON.stringify(equal.map((name) => labelOf(labels, name))),
    },
  ];
}

interface Side {
  test: (labels: Labels) => boolean;
  names: readonly string[];
}

function compileSide(
  exact: Record<string, string> | undefined,
  patterns: Record<string, string> | undefined,
  texts: string[] | undefined,
  profile: TargetProfile,
): Side | null {
  const matchers: Matcher[] = [...injectedOf(profile), ...pairs(exact, "="), ...pairs(patterns, "=~")];
  for (const text of items(texts)) {
    const parsed = parseMatchers(textOf(text), profile.matcherDialect);
    if (!parsed.ok) return null;
    matchers.push(...parsed.matchers);
  }
  const tests = matchers.map((matcher) => ({ name: matcher.name, test: compileMatcher(matcher) }));
  return {
    test: (labels) => tests.every(({ name, test }) => test(labelOf(labels, name))),
    names: matchers.map(({ name }) => name),
  };
}

function pairs(map: Record<string, string> | undefined, op: "=" | "=~"): Matcher[] {
  return isObject(map) ? Object.entries(map).map(([name, value]) => ({ name, op, value: textOf(value) })) : [];
}

function labelOf(labels: Labels, name: string): string {
  return Object.hasOwn(labels, name) ? labels[name]! : "";
}
