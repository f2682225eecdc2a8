import type { Bytes } from "../go/bytes";

/** A template does not parse: Go's text, and where (byte offset in the source of `parseName`). */
export class ParseError extends Error {
  constructor(
    readonly text: Bytes,
    readonly parseName: Bytes,
    readonly line: number,
    readonly at: number,
  ) {
    super(text);
  }
}
