/** Characters that stand for themselves in RE2, so that a pattern of them is a plain text. */
const PLAIN = /^[A-Za-z0-9_\-/:@#%&=,;<>~'"! \u00a1-\ud7ff]+$/;
/** Beyond that many the pattern is tried as a pattern: an entry for each would cost more than it saves. */
const MOST_VALUES = 64;
/** How upstream wraps the patterns of `match_re`. */
const WRAPPED = /^\^\(\?:(.*)\)\$$/s;

/** The texts that a pattern such as `a|b` stands for, or `null` when it is not a plain list of them. */
export function literalValues(pattern: string): readonly string[] | null {
  const inner = WRAPPED.exec(pattern)?.[1] ?? pattern;
  const values = inner.split("|");
  return values.length <= MOST_VALUES && values.every((value) => PLAIN.test(value)) ? [...new Set(values)] : null;
}
