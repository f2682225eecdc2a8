import { type Bytes, decodeRune, fromBytes, toBytesMarked } from "../go/bytes";

const LONGEST_LINE = 76;
/** Of 75 characters less the marks around them. */
const LONGEST_WORD = 63;

function hex(char: string): string {
  return `=${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}

/** A text as quoted-printable, as Go's writer for texts makes it: any line break becomes CR LF. */
export function quotedPrintable(text: string): string {
  const writer = new LineWriter();
  for (const char of toBytesMarked(text)) writer.put(char);
  return writer.close();
}

class LineWriter {
  #written = "";
  #line = "";
  /** The last byte was a carriage return. */
  #returned = false;

  put(char: string): void {
    if (char === "\n" || char === "\r") {
      if (!(this.#returned && char === "\n")) {
        this.#closeLine();
        this.#written += `${this.#line}\r\n`;
        this.#line = "";
        this.#returned = char === "\r";
      } else this.#returned = false;
      return;
    }
    this.#returned = false;
    const plain = (char >= "!" && char <= "~" && char !== "=") || char === " " || char === "\t";
    const shown = plain ? char : hex(char);
    if (LONGEST_LINE - 1 - this.#line.length < shown.length) this.#breakLine();
    this.#line += shown;
  }

  close(): string {
    this.#closeLine();
    return this.#written + this.#line;
  }

  #breakLine(): void {
    this.#written += `${this.#line}=\r\n`;
    this.#line = "";
  }

  /** A blank at the end of a line would be lost on the way. */
  #closeLine(): void {
    const last = this.#line.at(-1);
    if (last !== " " && last !== "\t") return;
    this.#line = this.#line.slice(0, -1);
    if (LONGEST_LINE - 1 - this.#line.length < 3) this.#breakLine();
    this.#line += hex(last);
  }
}

/** A header's value as Go's `mime.QEncoding` writes it: as it is when it is printable ASCII, else in encoded words. */
export function encodeHeader(value: string): string {
  const bytes = toBytesMarked(value);
  if (/^[\t -~]*$/.test(bytes)) return value;
  let words = "=?utf-8?q?";
  let length = 0;
  for (let at = 0; at < bytes.length; ) {
    const plain = /[ -<>@-^`-~]/.test(bytes[at]!);
    const width = plain ? 1 : decodeRune(bytes, at).width;
    const size = plain ? 1 : 3 * width;
    if (length + size > LONGEST_WORD) {
      words += "?= =?utf-8?q?";
      length = 0;
    }
    words += encodedRune(bytes.slice(at, at + width), plain);
    length += size;
    at += width;
  }
  return fromBytes(`${words}?=`);
}

function encodedRune(rune: Bytes, plain: boolean): Bytes {
  if (rune === " ") return "_";
  return plain ? rune : [...rune].map(hex).join("");
}
