/** Where reading stops: the words of yaml.v2 and the line it names (0 = it names none). */
export class YamlProblem extends Error {
  constructor(
    readonly reason: string,
    readonly offset: number,
    readonly line: number,
  ) {
    super(reason);
  }
}

/** Line break characters of YAML 1.1. */
export function isBreak(code: number): boolean {
  return code === 10 || code === 13 || (code >= 0x85 && (code === 0x85 || code === 0x2028 || code === 0x2029));
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** Blank, line break or the end of the text (which is padded with NUL). */
export function isBlankOrEnd(code: number): boolean {
  return code <= 32 ? code === 32 || code === 10 || code === 9 || code === 13 || code === 0 : isBreak(code);
}

/** Line break or the end of the text. */
export function isBreakOrEnd(code: number): boolean {
  return code === 0 || isBreak(code);
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** What names of anchors, tag handles and directives consist of. */
export function isWord(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 45;
}

/** The value of a hexadecimal digit, or -1. */
export function hexValue(code: number): number {
  if (isDigit(code)) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** A place in a text and the number of its line; columns are counted from `lineStart`. */
export class Cursor {
  pos = 0;
  /** Counted from 0. */
  line = 0;
  lineStart = 0;
  /** What the scalar scanned last holds, where it ends, and whether line breaks were read behind it. */
  value = "";
  valueEnd = 0;
  brokeLine = false;

  /** `text` must end in four NUL characters, so that looking ahead needs no check. */
  constructor(readonly text: string) {}

  column(): number {
    return this.pos - this.lineStart;
  }

  /** Over one line break (`\r\n` is one). */
  skipLine(): void {
    const code = this.text.charCodeAt(this.pos++);
    if (code === 13 && this.text.charCodeAt(this.pos) === 10) this.pos++;
    this.line++;
    this.lineStart = this.pos;
  }

  /** Over one line break; what it stands for in a value. */
  readLine(): string {
    const code = this.text.charCodeAt(this.pos);
    this.skipLine();
    return code >= 0x2028 ? String.fromCharCode(code) : "\n";
  }

  /** `---` or `...` alone at the start of a line. */
  atDocumentMarker(): boolean {
    const { text, pos } = this;
    if (pos !== this.lineStart) return false;
    const code = text.charCodeAt(pos);
    return (
      (code === 45 || code === 46) &&
      text.charCodeAt(pos + 1) === code &&
      text.charCodeAt(pos + 2) === code &&
      isBlankOrEnd(text.charCodeAt(pos + 3))
    );
  }

  fail(reason: string): never {
    throw new YamlProblem(reason, this.pos, this.line === 0 ? 0 : this.line + 1);
  }
}
