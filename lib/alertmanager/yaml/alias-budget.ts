import type { FieldType } from "../fields";

/** yaml.v2 refuses a document when aliases make it many times larger than it is written: these are its limits. */
const SMALL = 400_000;
const LARGE = 4_000_000;
const MOST_OF_SMALL = 0.99;
const MOST_OF_LARGE = 0.1;

/** These have a decoder of their own, which asks for the node once more. */
const PLAIN: ReadonlySet<string> = new Set<FieldType["kind"]>([
  "string",
  "bool",
  "int",
  "uint",
  "float",
  "any",
  "goDuration",
  "list",
  "map",
]);

export class AliasBudget {
  /** How many aliases lead to where decoding stands. */
  aliases = 0;
  #steps = 0;
  #aliased = 0;

  /** Counts one value; false when too many were decoded through aliases. */
  spend(kind: FieldType["kind"]): boolean {
    const steps = this.aliases > 0 || !PLAIN.has(kind) ? (PLAIN.has(kind) ? 1 : 2) : 1;
    this.#steps += steps;
    if (this.aliases === 0) return true;
    this.#aliased += steps;
    return this.#aliased <= 100 || this.#steps <= 1000 || this.#aliased <= this.#steps * this.#share();
  }

  #share(): number {
    if (this.#steps <= SMALL) return MOST_OF_SMALL;
    if (this.#steps >= LARGE) return MOST_OF_LARGE;
    return MOST_OF_SMALL - ((MOST_OF_SMALL - MOST_OF_LARGE) * (this.#steps - SMALL)) / (LARGE - SMALL);
  }
}
