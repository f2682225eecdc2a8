/** A pattern as a tree; `ranges` are pairs of first and last code points, rising and apart. */
export type Pattern =
  | { kind: "chars"; ranges: readonly number[] }
  | { kind: "sequence" | "either"; items: readonly Pattern[] }
  | { kind: "repeat"; item: Pattern; least: number; most: number | null }
  | { kind: "begin" | "end" };

const LAST = 0x10ffff;
const NEWLINE = 10;

interface Flags {
  foldCase: boolean;
  dotAll: boolean;
}

class Unsupported extends Error {}

/**
 * Reads the part of RE2's syntax that says which texts match as a whole: literals, classes, groups, alternatives,
 * repetitions, `^` and `$`, the flags `i` (of ASCII), `s` and `U`. `null` for what is beyond (`\b`, `\pL`, `(?m)`), and
 * for a pattern that is none by itself; the pattern must be one that RE2 takes.
 */
export function readPattern(pattern: string): Pattern | null {
  const reader = new Reader(pattern);
  try {
    const read = reader.alternatives({ foldCase: false, dotAll: false });
    return reader.done ? read : null;
  } catch (error) {
    if (error instanceof Unsupported) return null;
    throw error;
  }
}

class Reader {
  readonly #text: readonly string[];
  #at = 0;

  constructor(pattern: string) {
    this.#text = [...pattern];
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  /** Up to the end or an unopened parenthesis. Flags that are set within hold until then. */
  alternatives(outer: Flags): Pattern {
    const flags = { ...outer };
    const items: Pattern[] = [];
    let sequence: Pattern[] = [];
    while (!this.done && this.#peek() !== ")") {
      if (this.#take("|")) {
        items.push({ kind: "sequence", items: sequence });
        sequence = [];
        continue;
      }
      for (const atom of this.#atom(flags)) sequence.push(atom);
      const last = sequence.at(-1);
      if (last) sequence[sequence.length - 1] = this.#repeated(last);
    }
    items.push({ kind: "sequence", items: sequence });
    return items.length === 1 ? items[0]! : { kind: "either", items };
  }

  #atom(flags: Flags): Pattern[] {
    if (this.#take("(")) return this.#group(flags);
    if (this.#take("[")) return [this.#set(flags)];
    if (this.#take("^")) return [{ kind: "begin" }];
    if (this.#take("$")) return [{ kind: "end" }];
    if (this.#take(".")) {
      const ranges = flags.dotAll ? [0, LAST] : [0, NEWLINE - 1, NEWLINE + 1, LAST];
      return [{ kind: "chars", ranges }];
    }
    if (this.#peek() !== "\\") return [chars([pair(this.#next())], flags)];
    this.#next();
    if (this.#take("A")) return [{ kind: "begin" }];
    if (this.#take("z")) return [{ kind: "end" }];
    if (this.#take("Q")) return this.#quoted(flags);
    const named = this.#classEscape();
    return [named ? { kind: "chars", ranges: named } : chars([this.#escape()], flags)];
  }

  #group(flags: Flags): Pattern[] {
    let inner = flags;
    if (this.#take("?")) {
      if (this.#take("P")) {
        if (!this.#take("<")) throw new Unsupported();
        this.#skipName();
      } else if (this.#take("<")) this.#skipName();
      else {
        inner = this.#flags(flags);
        if (this.#take(")")) {
          Object.assign(flags, inner);
          return [];
        }
        if (!this.#take(":")) throw new Unsupported();
      }
    }
    const item = this.alternatives(inner);
    if (!this.#take(")")) throw new Unsupported();
    return [item];
  }

  #skipName() {
    while (!this.#take(">")) this.#next();
  }

  #flags(outer: Flags): Flags {
    const flags = { ...outer };
    let on = true;
    for (let letter = this.#peek(); letter !== ")" && letter !== ":"; letter = this.#peek()) {
      this.#next();
      if (letter === "-") on = false;
      else if (letter === "i") flags.foldCase = on;
      else if (letter === "s") flags.dotAll = on;
      // Which of several ways to match is taken does not matter here.
      else if (letter !== "U" && !(letter === "m" && !on)) throw new Unsupported();
    }
    return flags;
  }

  #quoted(flags: Flags): Pattern[] {
    const items: Pattern[] = [];
    while (!this.done) {
      if (this.#peek() === "\\" && this.#text[this.#at + 1] === "E") {
        this.#at += 2;
        break;
      }
      items.push(chars([pair(this.#next())], flags));
    }
    return items;
  }

  #repeated(item: Pattern): Pattern {
    const sign = this.#peek();
    let bounds: [number, number | null] | null = null;
    if (sign === "*") bounds = [0, null];
    else if (sign === "+") bounds = [1, null];
    else if (sign === "?") bounds = [0, 1];
    else if (sign === "{") {
      const written = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.#text.slice(this.#at, this.#at + 12).join(""));
      if (!written) return item;
      this.#at += written[0].length - 1;
      const least = Number(written[1]);
      bounds = [least, written[2] === undefined ? least : written[3] ? Number(written[3]) : null];
    }
    if (!bounds) return item;
    this.#next();
    this.#take("?");
    // RE2 refuses most repetitions of repetitions; the others are not worth telling apart.
    if (["*", "+", "?"].includes(this.#peek() ?? "")) throw new Unsupported();
    return { kind: "repeat", item, least: bounds[0], most: bounds[1] };
  }

  #set(flags: Flags): Pattern {
    const negated = this.#take("^");
    const found: number[][] = [];
    for (let first = true; first || this.#peek() !== "]"; first = false) {
      const named = this.#posix() ?? (this.#peek() === "\\" ? this.#escapeInSet() : null);
      if (named && named.length !== 1) {
        found.push(...pairsOf(named));
        continue;
      }
      const from = named ? named[0]! : codeOf(this.#next());
      let to = from;
      if (this.#peek() === "-" && this.#text[this.#at + 1] !== "]") {
        this.#next();
        const end = this.#peek() === "\\" ? this.#escapeInSet() : [codeOf(this.#next())];
        if (end.length !== 1) throw new Unsupported();
        to = end[0]!;
      }
      found.push([from, to]);
    }
    this.#next();
    const { ranges } = chars(found, flags);
    return { kind: "chars", ranges: negated ? complement(ranges) : ranges };
  }

  /** One code point, or the ranges of a named class. */
  #escapeInSet(): readonly number[] {
    this.#next();
    return this.#classEscape() ?? [this.#escape()[0]!];
  }

  #posix(): readonly number[] | null {
    if (this.#peek() !== "[" || this.#text[this.#at + 1] !== ":") return null;
    const written = /^\[:(\^?)(\w+):\]/.exec(this.#text.slice(this.#at, this.#at + 14).join(""));
    const ranges = written && POSIX[written[2]!];
    if (!ranges) throw new Unsupported();
    this.#at += written[0].length;
    return written[1] ? complement(ranges) : ranges;
  }

  #classEscape(): readonly number[] | null {
    const letter = this.#peek() ?? "";
    const ranges = PERL[letter.toLowerCase()];
    if (!ranges) return null;
    this.#next();
    return letter === letter.toLowerCase() ? ranges : complement(ranges);
  }

  /** What follows the backslash, when it stands for one character. */
  #escape(): number[] {
    const letter = this.#next();
    const control = "afnrtv".indexOf(letter);
    if (control >= 0) return pair("\x07\f\n\r\t\v"[control]!);
    if (letter === "x") return this.#hex();
    if (/[0-7]/.test(letter)) return this.#octal(letter);
    if (/[A-Za-z0-9]/.test(letter) || codeOf(letter) > 127) throw new Unsupported();
    return pair(letter);
  }

  #hex(): number[] {
    const written = /^(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{2}))/.exec(
      this.#text.slice(this.#at, this.#at + 8).join(""),
    );
    if (!written) throw new Unsupported();
    this.#at += written[0].length;
    const code = Number.parseInt(written[1] ?? written[2]!, 16);
    return [code, code];
  }

  #octal(first: string): number[] {
    let digits = first;
    while (digits.length < 3 && /[0-7]/.test(this.#peek() ?? "")) digits += this.#next();
    if (first !== "0" && digits.length === 1) throw new Unsupported();
    const code = Number.parseInt(digits, 8);
    return [code, code];
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #next(): string {
    const found = this.#text[this.#at++];
    if (found === undefined) throw new Unsupported();
    return found;
  }

  #take(wanted: string): boolean {
    if (this.#peek() !== wanted) return false;
    this.#at++;
    return true;
  }
}

const codes = (...texts: string[]) => texts.flatMap((text) => [codeOf(text[0]!), codeOf(text.at(-1)!)]);
const PERL: Readonly<Record<string, readonly number[]>> = {
  d: codes("09"),
  s: codes("\t\n", "\f\r", "  "),
  w: codes("09", "AZ", "__", "az"),
};
const POSIX: Readonly<Record<string, readonly number[]>> = {
  alnum: codes("09", "AZ", "az"),
  alpha: codes("AZ", "az"),
  ascii: [0, 127],
  blank: codes("\t\t", "  "),
  cntrl: [0, 31, 127, 127],
  digit: codes("09"),
  graph: codes("!~"),
  lower: codes("az"),
  print: codes(" ~"),
  punct: codes("!/", ":@", "[`", "{~"),
  space: codes("\t\r", "  "),
  upper: codes("AZ"),
  word: codes("09", "AZ", "__", "az"),
  xdigit: codes("09", "AF", "af"),
};

function codeOf(char: string): number {
  return char.codePointAt(0)!;
}

function pair(char: string): number[] {
  return [codeOf(char), codeOf(char)];
}

function pairsOf(ranges: readonly number[]): number[][] {
  const pairs: number[][] = [];
  for (let at = 0; at < ranges.length; at += 2) pairs.push([ranges[at]!, ranges[at + 1]!]);
  return pairs;
}

function chars(pairs: readonly (readonly number[])[], { foldCase }: Flags): Pattern & { kind: "chars" } {
  return { kind: "chars", ranges: merged(foldCase ? pairs.flatMap(folded) : pairs) };
}

/** The Kelvin sign and the long s fold to ASCII letters; other letters of other scripts are left to RE2. */
const FOLDED_TO_ASCII: readonly [letter: string, other: number][] = [
  ["k", 0x212a],
  ["s", 0x17f],
];

function folded([from = 0, to = 0]: readonly number[]): number[][] {
  if (to > 127) throw new Unsupported();
  const pairs = [[from, to]];
  const within = (first: string, last: string, shift: number) => {
    const [low, high] = [Math.max(from, codeOf(first)), Math.min(to, codeOf(last))];
    if (low <= high) pairs.push([low + shift, high + shift]);
  };
  within("a", "z", -32);
  within("A", "Z", 32);
  for (const [letter, other] of FOLDED_TO_ASCII) {
    const has = (code: number) => from <= code && code <= to;
    if (has(codeOf(letter)) || has(codeOf(letter) - 32)) pairs.push([other, other]);
  }
  return pairs;
}

function merged(pairs: readonly (readonly number[])[]): number[] {
  const ranges: number[] = [];
  for (const [from, to] of pairs.toSorted((left, right) => left[0]! - right[0]!)) {
    if (ranges.length > 0 && from! <= ranges.at(-1)! + 1) ranges[ranges.length - 1] = Math.max(ranges.at(-1)!, to!);
    else ranges.push(from!, to!);
  }
  return ranges;
}

function complement(ranges: readonly number[]): number[] {
  const others: number[] = [];
  let next = 0;
  for (const [from, to] of pairsOf(ranges)) {
    if (from! > next) others.push(next, from! - 1);
    next = to! + 1;
  }
  if (next <= LAST) others.push(next, LAST);
  return others;
}
