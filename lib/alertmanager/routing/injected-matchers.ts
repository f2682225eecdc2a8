import { type Matcher, type MatcherResult, parseMatchers, printMatchers } from "../matchers";
import type { TargetProfile } from "../profiles";

const remembered = new WeakMap<TargetProfile, MatcherResult>();

/**
 * What the owner of a target asks of every alert before it comes to the tenant's root route, as prometheus-operator does
 * with `namespace="…"`: there the tenant's root is a first-level route with these matchers. In the order written.
 */
export function injectedMatchers(profile: TargetProfile): MatcherResult {
  let read = remembered.get(profile);
  if (!read) {
    read = parseMatchers(profile.injectedMatchers, profile.matcherDialect);
    remembered.set(profile, read);
  }
  return read;
}

/** They inject nothing, or what can be read. */
export function injectedOf(profile: TargetProfile): readonly Matcher[] {
  if (profile.injectedMatchers === "") return [];
  const read = injectedMatchers(profile);
  return read.ok ? read.matchers : [];
}

/**
 * Several matchers as the one list that a profile holds, every name and value in quotes where need be; or upstream's text
 * of what is wrong with the first that cannot be read.
 */
export function readInjected(texts: readonly string[], profile: TargetProfile): { text: string } | { error: string } {
  const matchers: Matcher[] = [];
  for (const text of texts) {
    const read = parseMatchers(text, profile.matcherDialect);
    if (!read.ok) return { error: read.error };
    if (read.matchers.length === 0) return { error: "no matcher" };
    matchers.push(...read.matchers);
  }
  return { text: printMatchers(matchers).slice(1, -1) };
}
