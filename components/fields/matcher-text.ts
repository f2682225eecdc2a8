import { parseMatchers, printMatcher, type TargetProfile } from "@/lib/alertmanager";

export type MatcherText = { name: string; operator: string; value: string; text: string };

/** Each matcher of `text` with the one spelling that every dialect reads, or the parser's words. */
export function readMatchers(
  text: string,
  profile: TargetProfile,
): { matchers: readonly MatcherText[]; problem: string | null } {
  const read = parseMatchers(text, profile.matcherDialect);
  if (!read.ok) return { matchers: [], problem: read.error };
  const matchers = read.matchers.map((matcher) => ({
    name: matcher.name,
    operator: matcher.op,
    value: matcher.value,
    text: printMatcher(matcher),
  }));
  return { matchers, problem: null };
}
