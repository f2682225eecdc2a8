import { Cursor, isBlankOrEnd, isBreak, isBreakOrEnd } from "./cursor";
import { type Directive, scanAnchor, scanDirective, scanTag, type Tag } from "./scan-properties";
import { scanBlock, scanPlain, scanQuoted } from "./scan-scalars";
import { T, TokenQueue } from "./token-queue";

const MAX_DEPTH = 10_000;
const KEY_LENGTH = 1024;
/** No token begins so; `-`, `?` and `:` are told apart before. */
const NO_PLAIN = new Set([...",[]{}#&*!|>'\"%@`\0\t\n\r \x85\u2028\u2029"].map((char) => char.charCodeAt(0)));

/** What may turn out to be a key once its colon is seen; one for each level of brackets. */
class Candidate {
  possible = false;
  required = false;
  pos = 0;
  line = 0;
  column = 0;
  /** Characters up to `#countedTo`: fewer than code units where some take two. */
  #characters = 0;
  #countedTo = 0;

  constructor(public token: number) {}

  stand(cursor: Cursor, token: number, required: boolean): void {
    this.possible = true;
    this.required = required;
    this.token = token;
    this.pos = this.#countedTo = cursor.pos;
    this.line = cursor.line;
    this.column = cursor.column();
    this.#characters = 0;
  }

  /** A key stands on one line and is not too long. */
  reaches({ text, line, pos }: Cursor): boolean {
    if (this.line !== line) return false;
    if (pos - this.pos <= KEY_LENGTH) return true;
    if (pos - this.pos > 2 * KEY_LENGTH) return false;
    for (; this.#countedTo < pos; this.#countedTo++) {
      const code = text.charCodeAt(this.#countedTo);
      if (code < 0xdc00 || code > 0xdfff) this.#characters++;
    }
    return this.#characters <= KEY_LENGTH;
  }
}

/**
 * Cuts a text into tokens as yaml.v2 does: only as far ahead as it must look, so that of several mistakes the same one
 * is met first. Tokens are numbers in parallel arrays; `shift` takes the first, `kind` … `end` describe it before.
 */
export class Scanner extends Cursor {
  readonly #queue = new TokenQueue();
  #ready = false;

  #indent = -1;
  #indents: number[] = [];
  #keyAllowed = true;
  readonly #keys = [new Candidate(0)];
  #flow = 0;
  /** The furthest place that was looked at. */
  seen = 0;

  constructor(text: string) {
    super(text);
    if (text.charCodeAt(0) === 0xfeff) this.pos = this.lineStart = 1;
  }

  /** Kind of the next token. */
  peek(): number {
    if (!this.#ready) this.#scanAhead();
    return this.#queue.kind();
  }
  start(): number {
    return this.#queue.start();
  }
  end(): number {
    return this.#queue.end();
  }
  /** Line counted from 0. */
  tokenLine(): number {
    return this.#queue.line();
  }
  payload(): string | Tag | Directive {
    return this.#queue.payload();
  }
  shift(): void {
    this.#ready = false;
    this.#queue.shift();
  }

  /** A token that may turn out to be a key is not given away before that is sure. */
  #scanAhead(): void {
    const queue = this.#queue;
    for (;;) {
      if (!queue.isEmpty()) {
        const level = queue.level();
        const key = level < 0 ? undefined : this.#keys[level];
        if (key === undefined || key.token !== queue.taken || !this.#stillPossible(key)) break;
      }
      this.#scanToken();
    }
    this.#ready = true;
  }

  #push(kind: number, start: number, end: number, value: string | Tag | Directive = "", level = -1, line = this.line) {
    this.#queue.push(kind, start, end, line, value, level);
  }

  #scanToken(): void {
    this.#skipToToken();
    const { text, pos } = this;
    this.#unroll(this.column());
    this.seen = pos + 4;
    const code = text.charCodeAt(pos);
    if (code === 0 && pos >= text.length - 4) {
      this.#streamEnd();
      return;
    }
    if (this.column() === 0) {
      if (code === 37) {
        this.#directive();
        return;
      }
      if (this.atDocumentMarker()) {
        this.#documentMarker(code === 45 ? T.documentStart : T.documentEnd);
        return;
      }
    }
    switch (code) {
      case 91:
        this.#flowStart(T.flowSeqStart);
        return;
      case 123:
        this.#flowStart(T.flowMapStart);
        return;
      case 93:
        this.#flowEnd(T.flowSeqEnd);
        return;
      case 125:
        this.#flowEnd(T.flowMapEnd);
        return;
      case 44:
        this.#flowEntry();
        return;
      case 45:
        if (isBlankOrEnd(text.charCodeAt(pos + 1))) {
          this.#blockEntry();
          return;
        }
        break;
      case 63:
        if (this.#flow > 0 || isBlankOrEnd(text.charCodeAt(pos + 1))) {
          this.#key();
          return;
        }
        break;
      case 58:
        if (this.#flow > 0 || isBlankOrEnd(text.charCodeAt(pos + 1))) {
          this.#value();
          return;
        }
        break;
      case 42:
        this.#anchor(T.alias);
        return;
      case 38:
        this.#anchor(T.anchor);
        return;
      case 33:
        this.#tag();
        return;
      case 124:
      case 62:
        if (this.#flow === 0) {
          this.#blockScalar(code === 124);
          return;
        }
        break;
      case 39:
      case 34:
        this.#quoted(code);
        return;
    }
    if (NO_PLAIN.has(code)) this.fail("found character that cannot start any token");
    this.#plain();
  }

  #skipToToken(): void {
    const { text } = this;
    for (;;) {
      let code = text.charCodeAt(this.pos);
      const tabs = this.#flow > 0 || !this.#keyAllowed;
      while (code === 32 || (tabs && code === 9)) code = text.charCodeAt(++this.pos);
      if (code === 35) {
        while (!isBreakOrEnd(code)) code = text.charCodeAt(++this.pos);
      }
      if (!isBreak(code)) return;
      this.skipLine();
      if (this.#flow === 0) this.#keyAllowed = true;
    }
  }

  /** Fails where a key must stand. */
  #stillPossible(key: Candidate): boolean {
    if (!key.possible) return false;
    if (key.reaches(this)) return true;
    this.#drop(key);
    return false;
  }

  #drop(key: Candidate): void {
    if (key.possible && key.required) this.fail("could not find expected ':'");
    key.possible = false;
  }

  #candidate(): Candidate {
    return this.#keys[this.#flow] as Candidate;
  }

  /** The token fetched next may begin a key; answers its level for `#push`. */
  #saveKey(): number {
    if (!this.#keyAllowed) return -1;
    const key = this.#candidate();
    const required = this.#flow === 0 && this.#indent === this.column();
    this.#drop(key);
    key.stand(this, this.#queue.next(), required);
    return this.#flow;
  }

  /** Opens a block collection when `column` is deeper than the one around it; answers whether it did. */
  #roll(column: number): boolean {
    if (this.#flow > 0 || this.#indent >= column) return false;
    this.#indents.push(this.#indent);
    this.#indent = column;
    if (this.#indents.length > MAX_DEPTH) this.fail(`exceeded max depth of ${MAX_DEPTH}`);
    return true;
  }

  #unroll(column: number): void {
    if (this.#flow > 0) return;
    while (this.#indent > column) {
      this.#push(T.blockEnd, this.pos, this.pos);
      this.#indent = this.#indents.pop() as number;
    }
  }

  #endBlocks(): void {
    this.#unroll(-1);
    this.#drop(this.#candidate());
    this.#keyAllowed = false;
  }

  #streamEnd(): void {
    if (this.column() !== 0) {
      this.line++;
      this.lineStart = this.pos;
    }
    this.#endBlocks();
    this.#push(T.streamEnd, this.pos, this.pos);
  }

  #directive(): void {
    this.#endBlocks();
    const { pos, line } = this;
    const directive = scanDirective(this);
    this.#push(T.directive, pos, this.pos, directive, -1, line);
  }

  #documentMarker(kind: number): void {
    this.#endBlocks();
    this.pos += 3;
    this.#push(kind, this.pos - 3, this.pos);
  }

  #flowStart(kind: number): void {
    const level = this.#saveKey();
    const token = this.#queue.next();
    this.#flow++;
    const key = this.#keys[this.#flow];
    if (key) {
      key.possible = false;
      key.token = token;
    } else {
      this.#keys.push(new Candidate(token));
    }
    if (this.#flow > MAX_DEPTH) this.fail(`exceeded max depth of ${MAX_DEPTH}`);
    this.#keyAllowed = true;
    this.pos++;
    this.#push(kind, this.pos - 1, this.pos, "", level);
  }

  #flowEnd(kind: number): void {
    const key = this.#candidate();
    this.#drop(key);
    if (this.#flow > 0) {
      this.#flow--;
      // An empty pair of brackets is not waited for as a key, as upstream has it.
      this.#queue.forget(key.token);
    }
    this.#keyAllowed = false;
    this.pos++;
    this.#push(kind, this.pos - 1, this.pos);
  }

  #flowEntry(): void {
    this.#drop(this.#candidate());
    this.#keyAllowed = true;
    this.pos++;
    this.#push(T.flowEntry, this.pos - 1, this.pos);
  }

  #blockEntry(): void {
    if (this.#flow === 0) {
      if (!this.#keyAllowed) this.fail("block sequence entries are not allowed in this context");
      if (this.#roll(this.column())) this.#push(T.blockSeqStart, this.pos, this.pos);
    }
    this.#drop(this.#candidate());
    this.#keyAllowed = true;
    this.pos++;
    this.#push(T.entry, this.pos - 1, this.pos);
  }

  #key(): void {
    if (this.#flow === 0) {
      if (!this.#keyAllowed) this.fail("mapping keys are not allowed in this context");
      if (this.#roll(this.column())) this.#push(T.blockMapStart, this.pos, this.pos);
    }
    this.#drop(this.#candidate());
    this.#keyAllowed = this.#flow === 0;
    this.pos++;
    this.#push(T.key, this.pos - 1, this.pos);
  }

  #value(): void {
    const key = this.#candidate();
    if (this.#stillPossible(key)) {
      this.#queue.insert(T.key, key.pos, key.line, key.token);
      if (this.#roll(key.column)) this.#queue.insert(T.blockMapStart, key.pos, key.line, key.token);
      key.possible = false;
      this.#keyAllowed = false;
    } else {
      if (this.#flow === 0) {
        if (!this.#keyAllowed) this.fail("mapping values are not allowed in this context");
        if (this.#roll(this.column())) this.#push(T.blockMapStart, this.pos, this.pos);
      }
      this.#keyAllowed = this.#flow === 0;
    }
    this.pos++;
    this.#push(T.value, this.pos - 1, this.pos);
  }

  #anchor(kind: number): void {
    const level = this.#saveKey();
    this.#keyAllowed = false;
    const { pos } = this;
    const name = scanAnchor(this);
    this.#push(kind, pos, this.pos, name, level);
  }

  #tag(): void {
    const level = this.#saveKey();
    this.#keyAllowed = false;
    const { pos } = this;
    const tag = scanTag(this);
    this.#push(T.tag, pos, this.pos, tag, level);
  }

  #blockScalar(literal: boolean): void {
    this.#drop(this.#candidate());
    this.#keyAllowed = true;
    const { pos, line } = this;
    scanBlock(this, literal, this.#indent);
    this.#push(T.scalar + (literal ? 3 : 4), pos, this.valueEnd, this.value, -1, line);
  }

  #quoted(quote: number): void {
    const level = this.#saveKey();
    this.#keyAllowed = false;
    const { pos, line } = this;
    scanQuoted(this, quote);
    this.#push(T.scalar + (quote === 39 ? 1 : 2), pos, this.pos, this.value, level, line);
  }

  #plain(): void {
    const level = this.#saveKey();
    this.#keyAllowed = false;
    const { pos, line } = this;
    scanPlain(this, this.#indent + 1, this.#flow > 0);
    if (this.brokeLine) this.#keyAllowed = true;
    this.#push(T.scalar, pos, this.valueEnd, this.value, level, line);
  }
}
