/** How upstream wraps the patterns of `match_re`. */
const WRAPPED = /^\^\(\?:(.*)\)\$$/s;
/** Characters that stand for themselves in RE2, so that a pattern of them is a plain text. */
const PLAIN = /^[A-Za-z0-9_\-/:@#%&=,;<>~'"! \u00a1-\ud7ff]+$/;
/** The same at the beginning, or any other ASCII character behind a backslash. */
const HEAD = /^(?:[A-Za-z0-9_\-/:@#%&=,;<>~'"! \u00a1-\ud7ff]|\\[!-/:-@[-`{-~])+/;
/** Beyond that many the pattern is tried as a pattern: an entry for each would cost more than it saves. */
const MOST_VALUES = 64;

/** The texts that a pattern such as `a|b` stands for, or `null` when it is not a plain list of them. */
export function literalValues(pattern: string): readonly string[] | null {
  const values = unwrapped(pattern).split("|");
  return values.length <= MOST_VALUES && values.every((value) => PLAIN.test(value)) ? [...new Set(values)] : null;
}

/** The text with which everything that the pattern matches begins; "" when none is told. */
export function literalPrefix(pattern: string): string {
  const inner = unwrapped(pattern);
  // Alternatives begin as they like. Which bars separate them is not worth telling.
  if (inner.includes("|")) return "";
  const head = HEAD.exec(inner)?.[0] ?? "";
  const prefix = head.replace(/\\(.)/g, "$1");
  // What follows may let the last character be missing.
  return /^[*?{]/.test(inner.slice(head.length)) ? prefix.slice(0, -1) : prefix;
}

function unwrapped(pattern: string): string {
  return WRAPPED.exec(pattern)?.[1] ?? pattern;
}
