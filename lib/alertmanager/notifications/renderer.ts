import type { Held } from "../config/resolve/load";
import { HeldUrl } from "../config/resolve/load";
import { GoError } from "../go/value";
import type { TargetProfile } from "../profiles";
import { executeTemplate, type TemplateData, type TemplateSet } from "../templates";
import { PreparedData } from "../templates/model";
import type { Body } from "./json-body";
import type { Trace } from "./trace";
import { readAgain } from "./yaml-value";

/** What templates see in one message, made ready for them when the first is executed. */
export class MessageData {
  #prepared: PreparedData | null = null;

  constructor(
    readonly data: TemplateData,
    private readonly profile: TargetProfile,
  ) {}

  get prepared(): PreparedData {
    this.#prepared ??= new PreparedData(this.data, this.profile);
    return this.#prepared;
  }
}

/**
 * Renders the fields of one message. Of the first text with an error comes what was written before it, and those behind it
 * are empty, as in Alertmanager; who builds the message asks for `error` where the real one does.
 */
export class Renderer {
  error: string | null = null;

  constructor(
    readonly set: TemplateSet,
    readonly profile: TargetProfile,
    private readonly message: MessageData,
    private readonly now: string | undefined,
    private readonly trace?: Trace,
  ) {}

  get data(): TemplateData {
    return this.message.data;
  }

  readonly text = (template: string): string => this.#run("text", template);
  readonly html = (template: string): string => this.#run("html", template);

  #run(kind: "text" | "html", text: string): string {
    if (this.error !== null) return "";
    // Without an action there is nothing to execute; comments of HTML are taken out though.
    if (kind === "text" && !text.includes("{{")) return this.trace?.output(text, text) ?? text;
    const { profile, now } = this;
    const data = this.message.prepared;
    const request = { kind, text, data, profile, pointerData: true, marksInvalid: true };
    const result = executeTemplate(this.set, { ...request, ...(now ? { now } : {}) });
    if (result.ok) return this.trace?.output(text, result.output) ?? result.output;
    this.error = this.trace?.error(text, result.error, result.range) ?? result.error;
    return result.written ?? "";
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
