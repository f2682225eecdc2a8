import type { LiveText } from "./live-text";

const MOST = 200;

/**
 * What was typed comes back as the text to show, later when the page is busy: by then more may have been typed, and writing the
 * older text over it would throw letters away and move the cursor.
 */
export class TypedTexts {
  readonly #texts: string[] = [];
  #last: string | LiveText | null = null;

  add(text: string): void {
    this.#texts.push(text);
    if (this.#texts.length > MOST) this.#texts.shift();
  }

  /**
   * Whether this is what was typed some letters ago, or what was to be shown before it was typed: something else of the page was
   * drawn anew. Anything else comes from elsewhere, and counts.
   */
  isLate(text: string | LiveText): boolean {
    if (text === this.#last && this.#texts.length > 0) return true;
    this.#last = text;
    const at = typeof text === "string" ? this.#texts.lastIndexOf(text) : -1;
    if (at < 0) {
      this.#texts.length = 0;
      return false;
    }
    this.#texts.splice(0, at + 1);
    return this.#texts.length > 0;
  }
}
