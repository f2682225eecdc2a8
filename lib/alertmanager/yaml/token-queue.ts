import type { Directive, Tag } from "./scan-properties";

/** Kinds of tokens. Scalars come last, in the order of `STYLES`. */
export const T = {
  streamEnd: 1,
  directive: 2,
  documentStart: 3,
  documentEnd: 4,
  blockSeqStart: 5,
  blockMapStart: 6,
  blockEnd: 7,
  flowSeqStart: 8,
  flowSeqEnd: 9,
  flowMapStart: 10,
  flowMapEnd: 11,
  entry: 12,
  flowEntry: 13,
  key: 14,
  value: 15,
  alias: 16,
  anchor: 17,
  tag: 18,
  scalar: 19,
} as const;
export const STYLES = ["plain", "single", "double", "literal", "folded"] as const;

type Payload = string | Tag | Directive;

/** Tokens that were scanned but not taken yet, as numbers in parallel arrays: most texts have hundred thousands. */
export class TokenQueue {
  readonly #kinds: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #lines: number[] = [];
  readonly #payloads: Payload[] = [];
  /** Level of brackets at which the token may begin a key, or -1. */
  readonly #levels: number[] = [];
  #head = 0;
  #tail = 0;
  /** How many were taken: the number of the first. */
  taken = 0;

  isEmpty(): boolean {
    return this.#head === this.#tail;
  }
  /** The number that the next token to be pushed gets. */
  next(): number {
    return this.taken + this.#tail - this.#head;
  }

  // All below tell of the first token.
  kind(): number {
    return this.#kinds[this.#head] as number;
  }
  start(): number {
    return this.#starts[this.#head] as number;
  }
  end(): number {
    return this.#ends[this.#head] as number;
  }
  /** Counted from 0. */
  line(): number {
    return this.#lines[this.#head] as number;
  }
  payload(): Payload {
    return this.#payloads[this.#head] as Payload;
  }
  level(): number {
    return this.#levels[this.#head] as number;
  }

  push(kind: number, start: number, end: number, line: number, payload: Payload, level: number): void {
    const at = this.#tail++;
    this.#kinds[at] = kind;
    this.#starts[at] = start;
    this.#ends[at] = end;
    this.#lines[at] = line;
    this.#payloads[at] = payload;
    this.#levels[at] = level;
  }

  /** Puts a token of no length before the one with this number; behind all when that one is taken already. */
  insert(kind: number, offset: number, line: number, before: number): void {
    const at = this.#head + before - this.taken;
    this.push(kind, offset, offset, line, "", -1);
    if (at < this.#head) return;
    for (let index = this.#tail - 1; index > at; index--) {
      this.#kinds[index] = this.#kinds[index - 1] as number;
      this.#starts[index] = this.#starts[index - 1] as number;
      this.#ends[index] = this.#ends[index - 1] as number;
      this.#lines[index] = this.#lines[index - 1] as number;
      this.#payloads[index] = this.#payloads[index - 1] as Payload;
      this.#levels[index] = this.#levels[index - 1] as number;
    }
    this.#kinds[at] = kind;
    this.#starts[at] = this.#ends[at] = offset;
    this.#lines[at] = line;
    this.#payloads[at] = "";
    this.#levels[at] = -1;
  }

  /** The token with this number begins no key. */
  forget(number: number): void {
    const at = this.#head + number - this.taken;
    if (at >= this.#head && at < this.#tail) this.#levels[at] = -1;
  }

  shift(): void {
    this.taken++;
    // The arrays are not emptied: they would be allocated anew for each token.
    if (++this.#head === this.#tail) this.#head = this.#tail = 0;
  }
}
