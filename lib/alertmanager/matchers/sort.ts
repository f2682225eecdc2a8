import type { Matcher, MatcherOperator } from "./matcher";

const TYPES: readonly MatcherOperator[] = ["=", "!=", "=~", "!~"];

/** Upstream's order: by name, then value, then kind of comparison; bytes decide. */
export function sortMatchers(matchers: readonly Matcher[]): Matcher[] {
  return [...matchers].sort(
    (left, right) =>
      bytewise(left.name, right.name) ||
      bytewise(left.value, right.value) ||
      TYPES.indexOf(left.op) - TYPES.indexOf(right.op),
  );
}

function bytewise(left: string, right: string): number {
  if (left === right) return 0;
  const [a, b] = [[...left], [...right]];
  for (let index = 0; index < a.length && index < b.length; index++) {
    const difference = a[index]!.codePointAt(0)! - b[index]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
