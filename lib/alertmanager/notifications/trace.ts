import type { Held } from "../config/resolve/load";
import { isLoaded } from "../config/resolve/load";
import type { Path } from "../config/types";
import type { SourceRange } from "../validation/diagnostic";
import type { Settings } from "./settings";

/** What became of the template of a field; `output` of those behind the first error of a message is empty. */
export interface Rendered {
  path: Path;
  template: string;
  output: string;
}

export interface FailedTemplate {
  path: Path;
  template: string;
  error: string;
  range?: SourceRange;
}

/**
 * Follows one notification through its builder: what each templated field became, which one failed, what was cut.
 * Paths lie below the integration. A field is found by who read it last, and inside of maps and lists by its text.
 */
export class Trace {
  readonly rendered: Rendered[] = [];
  readonly failed: FailedTemplate[] = [];
  readonly cut: Path[] = [];

  constructor(
    private readonly settings: Settings,
    /** What stands for the output of templates that are secrets, by their text. */
    private readonly secrets: ReadonlyMap<string, (output: string) => string>,
  ) {}

  /** Answers the output that goes on. */
  output(template: string, output: string): string {
    this.rendered.push({ path: this.#placeOf(template), template, output });
    return this.secrets.get(template)?.(output) ?? output;
  }

  /** Answers the error that goes on. */
  error(template: string, error: string, range: SourceRange | undefined): string {
    const words = this.secrets.has(template) ? withoutWords(error) : error;
    this.failed.push({ path: this.#placeOf(template), template, error: words, ...(range && { range }) });
    return words;
  }

  #placeOf(template: string): Path {
    const { values, reads } = this.settings;
    const { last } = reads;
    let value: Held | undefined = values;
    for (const step of last) {
      value = isLoaded(value) ? value[String(step)] : Array.isArray(value) ? value[Number(step)] : undefined;
    }
    if (value === template) return last;
    return placeBelow(value, template, last) ?? placeBelow(values, template, []) ?? last;
  }
}

/** Where the text stands below a value, as a value or as a key. */
function placeBelow(value: Held | undefined, text: string, above: Path): Path | null {
  if (value === text) return above;
  if (!Array.isArray(value) && !isLoaded(value)) return null;
  for (const [key, item] of Object.entries(value)) {
    const path = [...above, Array.isArray(value) ? Number(key) : key];
    if (key === text) return path;
    const found = placeBelow(item, text, path);
    if (found) return found;
  }
  return null;
}

/** Words of a secret stay out of messages. */
export function withoutWords(reason: string): string {
  return reason.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|<.*>/g, "…");
}
