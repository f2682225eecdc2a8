import { parseClassic } from "./classic";
import type { Matcher, Parsed } from "./matcher";
import { parseUtf8 } from "./utf8";

export type { Matcher, MatcherOperator } from "./matcher";

/** `warning`: the old syntax decided, because the new one fails (`fallback`) or reads something else (`disagreement`). */
export type MatcherResult =
  | { ok: true; matchers: Matcher[]; warning?: "fallback" | "disagreement" }
  | { ok: false; error: string };

/** Parses one string of `matchers:`, which may hold several matchers, optionally in braces. */
export function parseMatchers(input: string, dialect: "classic" | "utf8" | "fallback" = "fallback"): MatcherResult {
  if (dialect === "classic") return parseClassic(input);
  const modern = parseUtf8(input);
  if (dialect === "utf8") return modern;
  const classic = parseClassic(input);
  if (!modern.ok) return classic.ok ? { ...classic, warning: "fallback" } : classic;
  if (classic.ok && !same(classic, modern)) return { ...classic, warning: "disagreement" };
  return modern;
}

function same(left: Parsed & { ok: true }, right: Parsed & { ok: true }): boolean {
  return (
    left.matchers.length === right.matchers.length &&
    left.matchers.every((matcher, index) => {
      const other = right.matchers[index]!;
      return matcher.name === other.name && matcher.op === other.op && matcher.value === other.value;
    })
  );
}
