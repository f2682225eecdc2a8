import { resolvePlain } from "../yaml/scalars";

/** In which styles a text can be written without losing anything. */
export interface ScalarShape {
  multiline: boolean;
  plain: boolean;
  single: boolean;
  block: boolean;
}

/** Where a scalar starts, and where its further lines do. */
export interface Place {
  column: number;
  indent: number;
  /** False inside a key, which stays on one line. */
  breaks: boolean;
}

/** Behind this column a space becomes a line break. */
export const WIDTH = 80;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** Whether the text stays a string without quotes. */
export function plainTag(text: string): boolean {
  const { tag, value } = resolvePlain(text);
  // What no float can hold is none.
  const beyond = tag === "!!float" && !Number.isFinite(value) && /[0-9]/.test(text);
  return (tag === "!!str" || beyond) && !BASE_60.test(text);
}

export function isBreak(rune: string | undefined): boolean {
  return rune === "\n" || rune === "\r" || rune === "\u0085" || rune === "\u2028" || rune === "\u2029";
}

function isBlank(rune: string | undefined): boolean {
  return rune === " " || rune === "\t";
}

function isPrintable(rune: string): boolean {
  const code = rune.codePointAt(0)!;
  if (code < 0x80) return code === 0x0a || (code >= 0x20 && code <= 0x7e);
  if (code < 0xa0 || code === 0xfeff || (code >= 0xd800 && code < 0xe000)) return false;
  // Nothing beyond the basic plane counts as printable.
  return code <= 0xfffd;
}

export function shapeOf(text: string): ScalarShape {
  if (text === "") return { multiline: false, plain: true, single: true, block: false };
  const runes = [...text];
  let indicators = text.startsWith("---") || text.startsWith("...");
  let special = false;
  let breaks = false;
  let breakSpace = false;
  let spaceBreak = false;
  runes.forEach((rune, index) => {
    const before = runes[index - 1];
    const next = runes[index + 1];
    const followed = next === undefined || isBlank(next);
    if (index === 0) {
      if ("#,[]{}&*!|>'\"%@`".includes(rune)) indicators = true;
      else if ("?:-".includes(rune) && followed) indicators = true;
    } else if (rune === ":" && followed) indicators = true;
    else if (rune === "#" && (isBlank(before) || isBreak(before))) indicators = true;
    if (!isPrintable(rune)) special = true;
    if (rune === " " && isBreak(before)) breakSpace = true;
    if (isBreak(rune)) {
      breaks = true;
      if (before === " ") spaceBreak = true;
    }
  });
  const [first, last] = [runes[0], runes.at(-1)];
  const edge = [first, last].some((rune) => rune === " " || isBreak(rune));
  return {
    multiline: breaks,
    plain: !edge && !breaks && !breakSpace && !spaceBreak && !special && !indicators,
    single: !breakSpace && !spaceBreak && !special,
    block: last !== " " && !spaceBreak && !special,
  };
}

/** Writes runes one by one, going to the next line at a space behind column 80. */
class Line {
  text = "";
  #column: number;

  constructor(readonly place: Place) {
    this.#column = place.column;
  }

  put(text: string) {
    this.text += text;
    this.#column += [...text].length;
  }

  breakLine() {
    this.text += `\n${" ".repeat(this.place.indent)}`;
    this.#column = this.place.indent;
  }

  get isLong(): boolean {
    return this.place.breaks && this.#column > WIDTH;
  }
}

export function writePlain(text: string, place: Place): string {
  const line = new Line(place);
  const runes = [...text];
  let spaces = false;
  runes.forEach((rune, index) => {
    if (rune !== " ") {
      line.put(rune);
      spaces = false;
      return;
    }
    if (line.isLong && !spaces && runes[index + 1] !== " ") line.breakLine();
    else line.put(rune);
    spaces = true;
  });
  return line.text;
}

export function writeSingle(text: string, place: Place): string {
  const line = new Line(place);
  line.put("'");
  const runes = [...text];
  let spaces = false;
  runes.forEach((rune, index) => {
    if (rune !== " ") {
      line.put(rune === "'" ? "''" : rune);
      spaces = false;
      return;
    }
    const inside = index > 0 && index < runes.length - 1;
    if (line.isLong && !spaces && inside && runes[index + 1] !== " ") line.breakLine();
    else line.put(rune);
    spaces = true;
  });
  line.put("'");
  return line.text;
}

const ESCAPES: Record<string, string> = {
  "\0": "0",
  "\u0007": "a",
  "\b": "b",
  "\t": "t",
  "\n": "n",
  "\v": "v",
  "\f": "f",
  "\r": "r",
  "\u001b": "e",
  '"': '"',
  "\\": "\\",
  "\u0085": "N",
  "\u00a0": "_",
  "\u2028": "L",
  "\u2029": "P",
};

export function writeDouble(text: string, place: Place): string {
  const line = new Line(place);
  line.put('"');
  const runes = [...text];
  let spaces = false;
  runes.forEach((rune, index) => {
    if (rune === " ") {
      if (line.isLong && !spaces && index > 0 && index < runes.length - 1) {
        line.breakLine();
        if (runes[index + 1] === " ") line.put("\\");
      } else line.put(rune);
      spaces = true;
      return;
    }
    spaces = false;
    if (isPrintable(rune) && !isBreak(rune) && rune !== '"' && rune !== "\\") line.put(rune);
    else line.put(escaped(rune));
  });
  line.put('"');
  return line.text;
}

function escaped(rune: string): string {
  const short = ESCAPES[rune];
  if (short !== undefined) return `\\${short}`;
  const code = rune.codePointAt(0)!;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}

/** `|` with its hints and lines. */
export function writeLiteral(text: string, indent: number): string {
  const runes = [...text];
  const hint = runes[0] === " " || isBreak(runes[0]) ? "2" : "";
  let chomp = "-";
  if (isBreak(runes.at(-1))) chomp = runes.length === 1 || isBreak(runes.at(-2)) ? "+" : "";
  let written = `|${hint}${chomp}\n`;
  let fresh = true;
  for (const rune of runes) {
    if (isBreak(rune)) {
      written += rune;
      fresh = true;
      continue;
    }
    if (fresh) written += " ".repeat(indent);
    written += rune;
    fresh = false;
  }
  return written;
}
