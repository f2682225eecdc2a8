import { compileRegexp } from "./match";

export type MatcherOperator = "=" | "!=" | "=~" | "!~";

export interface Matcher {
  name: string;
  op: MatcherOperator;
  value: string;
}

/** Matchers in the order written, or upstream's text of what is wrong. */
export type Parsed = { ok: true; matchers: Matcher[] } | { ok: false; error: string };

/** Upstream's `NewMatcher`: a matcher whose pattern compiles, or the text of the error. */
export function newMatcher(name: string, op: MatcherOperator, value: string): Matcher | { error: string } {
  if (op === "=~" || op === "!~") {
    const compiled = compileRegexp(value);
    if (!compiled.ok) return { error: compiled.error };
  }
  return { name, op, value };
}
