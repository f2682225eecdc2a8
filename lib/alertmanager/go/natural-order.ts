const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

/** The order in which yaml.v2 writes the keys of a map: letters last, runs of digits by their number. */
export function naturally(left: string, right: string): number {
  const [a, b] = [[...left], [...right]];
  for (let index = 0; index < a.length && index < b.length; index++) {
    const [x, y] = [a[index]!, b[index]!];
    if (x === y) continue;
    const letters = [LETTER.test(x), LETTER.test(y)];
    if (letters[0] && letters[1]) return x.codePointAt(0)! - y.codePointAt(0)!;
    if (letters[0] || letters[1]) return letters[1] ? -1 : 1;
    const first = (x === "0" || y === "0") && endsWithNumber(a.slice(0, index)) ? 1n : 0n;
    const [m, n] = [digitsFrom(a, index), digitsFrom(b, index)];
    const [p, q] = [numberOf(m, first), numberOf(n, first)];
    if (p !== q) return p < q ? -1 : 1;
    if (m.length !== n.length) return m.length - n.length;
    return x.codePointAt(0)! - y.codePointAt(0)!;
  }
  return a.length - b.length;
}

/** Whether the digits at the end are more than zeros: then a zero that follows counts. */
function endsWithNumber(runes: readonly string[]): boolean {
  for (let index = runes.length - 1; index >= 0 && DIGIT.test(runes[index]!); index--) {
    if (runes[index] !== "0") return true;
  }
  return false;
}

function digitsFrom(runes: readonly string[], start: number): readonly string[] {
  let end = start;
  while (end < runes.length && DIGIT.test(runes[end]!)) end++;
  return runes.slice(start, end);
}

/** As Go adds them up: in 64 bits, and a digit of another script by its distance to 0. */
function numberOf(digits: readonly string[], first: bigint): bigint {
  return digits.reduce(
    (number, digit) => BigInt.asIntN(64, number * 10n + BigInt(digit.codePointAt(0)! - 0x30)),
    first,
  );
}
