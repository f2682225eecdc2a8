import { fromBytes, toBytesMarked } from "../go/bytes";
import { quoteBytes, quoteRune } from "../go/quote-bytes";

/** Go of this release reads domain literals, and no special characters in names that are not quoted. */
const STRICT_GO = 22;

/** The bare addresses of a list, or the text of what is wrong, as Go's `mail.ParseAddressList` reads it. */
export type Addresses = { ok: true; addresses: string[] } | { ok: false; error: string };

class Malformed extends Error {}

/** `ParseAddressList` as a minor release of Go has it. */
export function parseAddresses(text: string, release = STRICT_GO): Addresses {
  try {
    return { ok: true, addresses: new AddressReader(text, release >= STRICT_GO).list() };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, error: `mail: ${error.message}` };
    throw error;
  }
}

const SPECIAL = new Set('()<>[]:;@\\,"');
const ALWAYS_SPECIAL = new Set('<>:"');

/** As `%q` shows a text, whose lone surrogates are bytes that are no UTF-8. */
const quoted = (text: string) => fromBytes(quoteBytes(toBytesMarked(text)));

class AddressReader {
  constructor(
    private rest: string,
    private readonly strictNames: boolean,
  ) {}

  list(): string[] {
    const found: string[] = [];
    for (;;) {
      this.#blanks();
      if (this.#take(",")) continue;
      found.push(...this.#address(true));
      this.#comments();
      if (this.rest === "") break;
      if (this.rest[0] !== ",") throw new Malformed("expected comma");
      while (this.#take(",")) this.#blanks();
      if (this.rest === "") break;
    }
    return found;
  }

  #address(mayBeGroup: boolean): string[] {
    this.#blanks();
    if (this.rest === "") throw new Malformed("no address");
    const before = this.rest;
    const bare = this.#attempt(() => this.#spec());
    if (bare !== null) {
      this.#blanks();
      if (this.rest[0] === "(") this.#comments();
      return [bare];
    }
    this.rest = before;
    const name = this.rest[0] === "<" ? "" : this.#phrase();
    this.#blanks();
    if (mayBeGroup && this.#take(":")) return this.#group();
    if (!this.#take("<")) {
      const atom = [...name].every((rune) => isAtom(rune));
      throw new Malformed(atom ? "missing '@' or angle-addr" : "no angle-addr");
    }
    const spec = this.#spec();
    if (!this.#take(">")) throw new Malformed("unclosed angle-addr");
    return [spec];
  }

  #group(): string[] {
    const found: string[] = [];
    this.#blanks();
    if (this.#take(";")) throw new Malformed("empty group");
    for (;;) {
      this.#blanks();
      found.push(...this.#address(false));
      this.#comments();
      if (this.#take(";")) break;
      if (!this.#take(",")) throw new Malformed("expected comma");
    }
    return found;
  }

  #attempt<T>(read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      if (error instanceof Malformed) return null;
      throw error;
    }
  }

  #spec(): string {
    this.#blanks();
    if (this.rest === "") throw new Malformed("no addr-spec");
    // Go tells what is wrong within the quotes by the same words.
    const local = this.rest[0] === '"' ? (this.#attempt(() => this.#quoted()) ?? "") : this.#atom(true);
    if (local === "") throw new Malformed("empty quoted string in addr-spec");
    if (!this.#take("@")) throw new Malformed("missing @ in addr-spec");
    this.#blanks();
    if (this.rest === "") throw new Malformed("no domain in addr-spec");
    if (this.rest[0] !== "[" || !this.strictNames) return `${local}@${this.#atom(true)}`;
    const end = this.rest.indexOf("]");
    if (end < 0) throw new Malformed("unclosed domain-literal");
    const literal = this.rest.slice(0, end + 1);
    this.rest = this.rest.slice(end + 1);
    return `${local}@${literal}`;
  }

  #phrase(): string {
    const words: string[] = [];
    for (;;) {
      if (words.length > 0) this.#comments();
      this.#blanks();
      if (this.rest === "" && words.length > 0) break;
      try {
        words.push(this.rest[0] === '"' ? this.#quoted() : this.#atom(false));
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
        if (words.length === 0) throw new Malformed(`missing word in phrase: mail: ${error.message}`);
        break;
      }
    }
    return words.join(" ");
  }

  #quoted(): string {
    let text = "";
    const runes = [...this.rest];
    for (let at = 1; at < runes.length; at++) {
      const rune = runes[at]!;
      if (rune === '"') {
        this.rest = runes.slice(at + 1).join("");
        return text;
      }
      const escapes = rune === "\\";
      const char = escapes ? runes[++at] : rune;
      if (char === undefined) break;
      if (!char.isWellFormed()) throw new Malformed(`invalid utf-8 in quoted-string: ${quoted(this.rest)}`);
      if ((char < " " && char !== "\t") || char === "\x7f") {
        throw new Malformed(`bad character in quoted-string: ${fromBytes(quoteRune(char.codePointAt(0)!))}`);
      }
      text += char;
    }
    throw new Malformed("unclosed quoted-string");
  }

  #atom(strict: boolean): string {
    let atom = "";
    for (const rune of this.rest) {
      if (!rune.isWellFormed()) throw new Malformed(`invalid utf-8 in address: ${quoted(this.rest)}`);
      const special = SPECIAL.has(rune) && !strict && !this.strictNames && !ALWAYS_SPECIAL.has(rune);
      if (!special && !isAtom(rune)) break;
      atom += rune;
    }
    if (atom === "") throw new Malformed("invalid string");
    this.rest = this.rest.slice(atom.length);
    if (!strict) return atom;
    if (atom.startsWith(".")) throw new Malformed("leading dot in atom");
    if (atom.includes("..")) throw new Malformed("double dot in atom");
    if (atom.endsWith(".")) throw new Malformed("trailing dot in atom");
    return atom;
  }

  #blanks(): void {
    this.rest = this.rest.replace(/^[ \t]+/, "");
  }

  #take(char: string): boolean {
    if (!this.rest.startsWith(char)) return false;
    this.rest = this.rest.slice(1);
    return true;
  }

  /** Blanks and comments in parentheses, which may nest. */
  #comments(): void {
    this.#blanks();
    while (this.rest[0] === "(") {
      let depth = 0;
      let at = 0;
      for (; at < this.rest.length; at++) {
        const char = this.rest[at];
        if (char === "\\") at++;
        else if (char === "(") depth++;
        else if (char === ")" && --depth === 0) break;
      }
      if (depth > 0) throw new Malformed("misformatted parenthetical comment");
      this.rest = this.rest.slice(at + 1);
      this.#blanks();
    }
  }
}

function isAtom(rune: string): boolean {
  return !SPECIAL.has(rune) && ((rune >= "!" && rune <= "~") || rune.codePointAt(0)! >= 0x80);
}
