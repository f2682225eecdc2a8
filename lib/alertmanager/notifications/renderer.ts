import type { Held } from "../config/resolve/load";
import { HeldUrl } from "../config/resolve/load";
import { GoError } from "../go/value";
import type { TargetProfile } from "../profiles";
import { executeTemplate, type TemplateData, type TemplateSet } from "../templates";
import type { Body } from "./json-body";
import { readAgain } from "./yaml-value";

/**
 * Renders the fields of one message. Behind the first error every text is empty, as in Alertmanager; who builds the
 * message asks for `error` where the real one does.
 */
export class Renderer {
  error: string | null = null;

  constructor(
    readonly set: TemplateSet,
    readonly profile: TargetProfile,
    readonly data: TemplateData,
    private readonly now: string | undefined,
  ) {}

  readonly text = (template: string): string => this.#run("text", template);
  readonly html = (template: string): string => this.#run("html", template);

  #run(kind: "text" | "html", text: string): string {
    if (this.error !== null) return "";
    const { profile, data, now } = this;
    const result = executeTemplate(this.set, { kind, text, data, profile, pointerData: true, ...(now ? { now } : {}) });
    if (result.ok) return result.output;
    this.error = result.error;
    return "";
  }

  /** A free value with its texts rendered and read once more as YAML. @throws GoError the error of a template */
  copy(value: Held): Body {
    if (value === null || value instanceof HeldUrl) return null;
    if (typeof value === "string") {
      const text = this.text(value);
      if (this.error !== null) throw new GoError(this.error);
      return readAgain(text);
    }
    if (typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((item) => this.copy(item));
    return new Map(
      Object.entries(value).map(([key, item]) => {
        const name = this.text(key);
        if (this.error !== null) throw new GoError(this.error);
        return [name, this.copy(item)];
      }),
    );
  }
}
