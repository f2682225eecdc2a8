import type { TextChange } from "./text-change";

const MOST_EDITS = 64;

/**
 * A text of which each version knows the edit that made it. Whoever shows the version before makes the same edit; the
 * text is joined only for somebody who reads all of it, and not anew for each letter that is typed.
 */
export class LiveText {
  #text: string | null = null;
  #made: { before: LiveText; change: TextChange } | null = null;
  #edits = 0;

  static of(text: string): LiveText {
    const whole = new LiveText();
    whole.#text = text;
    return whole;
  }

  edited(change: TextChange): LiveText {
    const next = new LiveText();
    next.#made = { before: this, change };
    next.#edits = this.#edits + 1;
    if (next.#edits < MOST_EDITS) return next;
    return LiveText.of(next.read());
  }

  /** The edits that turn `shown` into this version, to be made one after the other; null when it is none of its past. */
  editsSince(shown: LiveText): TextChange[] | null {
    const changes: TextChange[] = [];
    let version: LiveText = this;
    while (version !== shown) {
      if (!version.#made) return null;
      changes.push(version.#made.change);
      version = version.#made.before;
    }
    return changes.reverse();
  }

  read(): string {
    if (this.#text !== null) return this.#text;
    const changes: TextChange[] = [];
    let version: LiveText = this;
    while (version.#text === null && version.#made) {
      changes.push(version.#made.change);
      version = version.#made.before;
    }
    const text = changes.reduceRight(
      (text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to),
      version.#text ?? "",
    );
    this.#text = text;
    return text;
  }
}
