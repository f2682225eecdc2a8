import type { SourceRange } from "../validation/diagnostic";

/** Where lines begin; found only when a place is asked for. */
export class Lines {
  #starts: number[] | null = null;

  constructor(readonly text: string) {}

  position(offset: number): SourceRange["start"] {
    this.#starts ??= lineStarts(this.text);
    const starts = this.#starts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] as number) + 1, offset };
  }

  range(start: number, end: number): SourceRange {
    return { start: this.position(start), end: this.position(Math.max(start, end)) };
  }
}

/** All line breaks of YAML 1.1 count, as upstream counts them. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 13 ? code === 0x85 || code === 0x2028 || code === 0x2029 : code === 10 || code === 13) {
      if (code === 13 && text.charCodeAt(index + 1) === 10) index++;
      starts.push(index + 1);
    }
  }
  return starts;
}
