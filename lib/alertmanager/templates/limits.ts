import type { Value } from "../go/value";
import { entriesOf, itemsOf } from "../go/value";

/** What one execution may use. */
export interface Limits {
  /** Nodes walked and values evaluated; long texts count for more. */
  steps: number;
  /** Bytes written, and bytes of any one text on the way. */
  output: number;
}

export const DEFAULT_LIMITS: Limits = { steps: 400_000, output: 10_000_000 };

/**
 * Go gives up at 100000 nested templates, more than our stack holds. Whoever gets this deep never comes back; the number
 * is congruent to Go's modulo 60, so that recursion in a circle of up to six templates is reported at the same one.
 */
export const MAX_DEPTH = 520;
export const GO_MAX_DEPTH = 100_000;

/** The execution was stopped by us, not by what Go would say. */
export class LimitError extends Error {}

export class Budget {
  private steps = 0;
  private readonly limits: Limits;

  constructor(limits: Limits) {
    this.limits = limits;
  }

  spend(steps = 1): void {
    this.steps += steps;
    if (this.steps > this.limits.steps) {
      throw new LimitError(`stopped after ${this.limits.steps} steps (a limit of Signalbox, not of Alertmanager)`);
    }
  }

  /** Refuses a text that grew too long, and charges for it. */
  text(length: number): void {
    if (length > this.limits.output) {
      throw new LimitError(`more than ${this.limits.output} bytes of text (a limit of Signalbox, not of Alertmanager)`);
    }
    this.spend(length >> 8);
  }

  /** The same for a text that was made just now: making it takes far longer than passing it on. */
  made(length: number): void {
    this.text(length);
    this.spend(length >> 5);
  }

  get outputLimit(): number {
    return this.limits.output;
  }

  /** Charges for each value inside of a value, before it is printed or compared. */
  size(value: Value): void {
    if (!value) return;
    const { kind } = value.type;
    if (kind === "string") this.spend((value.data as string).length >> 8);
    else if (kind === "interface" || (kind === "ptr" && value.type.elem)) this.size(value.data as Value);
    else if (kind === "slice" || (kind === "struct" && Array.isArray(value.data))) {
      this.spend();
      for (const item of itemsOf(value)) this.size(item);
    } else if (kind === "map") {
      this.spend();
      for (const item of entriesOf(value).values()) this.size(item);
    } else this.spend();
  }
}
