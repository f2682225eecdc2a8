import { RE2JS } from "re2js";
import type { Matcher } from "./matcher";

export type CompiledRegexp = { ok: true; test(value: string): boolean } | { ok: false; error: string };

/** Configurations repeat few patterns; forgetting all of them at once keeps the bound simple. */
const CACHE_LIMIT = 2000;
const cache = new Map<string, CompiledRegexp>();

/** Compiles as RE2 between `^(?:` and `)$`, as Alertmanager does; the error is upstream's text. */
export function compileRegexp(pattern: string): CompiledRegexp {
  const known = cache.get(pattern);
  if (known) return known;
  let compiled: CompiledRegexp;
  try {
    compiled = tester(pattern);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // Upstream's engine lets several groups share a name; names have no effect on what matches.
    compiled = message.includes("duplicate capture group name")
      ? tester(pattern.replace(/\(\?P?<\w+>/g, "("))
      : { ok: false, error: message };
  }
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(pattern, compiled);
  return compiled;
}

function tester(pattern: string): CompiledRegexp {
  const regexp = RE2JS.compile(`^(?:${pattern})$`);
  return { ok: true, test: (value) => regexp.matcher(value).find() };
}

/** A function that judges one value of the matcher's label (absent is ""). */
export function compileMatcher({ op, value }: Matcher): (labelValue: string) => boolean {
  if (op === "=") return (labelValue) => labelValue === value;
  if (op === "!=") return (labelValue) => labelValue !== value;
  const compiled = compileRegexp(value);
  if (!compiled.ok) return () => false;
  return op === "=~" ? compiled.test : (labelValue) => !compiled.test(labelValue);
}

/** Whether all matchers match the labels; an absent label counts as "". */
export function matches(matchers: readonly Matcher[], labels: Readonly<Record<string, string>>): boolean {
  return matchers.every((matcher) =>
    compileMatcher(matcher)(Object.hasOwn(labels, matcher.name) ? labels[matcher.name]! : ""),
  );
}
