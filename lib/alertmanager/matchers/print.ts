import { goQuote } from "../go/quote";
import { isReserved } from "./lexer";
import type { Matcher } from "./matcher";

const ESCAPES: Record<string, string> = { "\\": "\\\\", "\n": "\\n", '"': '\\"' };

/** One matcher as upstream prints it: `severity="critical"`. */
export function printMatcher({ name, op, value }: Matcher): string {
  if ([...name].some(isReserved)) return `${goQuote(name)}${op}${goQuote(value)}`;
  return `${name}${op}"${value.replace(/[\\\n"]/g, (char) => ESCAPES[char]!)}"`;
}

/** All of them as one string, `{a="b",c=~"d"}`, in the order given. */
export function printMatchers(matchers: readonly Matcher[]): string {
  return `{${matchers.map(printMatcher).join(",")}}`;
}
