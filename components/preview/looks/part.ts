import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { SECRET_MARK, SECRET_NUMBER } from "@/lib/alertmanager/preview/mask";

export const DOTS = "••••";

/** No stand-in of a secret is shown, also where an encoding had cut it in two. */
export function withoutSecrets(text: string): string {
  return text.replaceAll(SECRET_MARK, DOTS).replaceAll(SECRET_NUMBER, DOTS);
}

/** A value of a request's body, read without trusting its shape: what is not there is empty. */
export class Part {
  constructor(readonly value: unknown) {}

  get(key: string): Part {
    const { value } = this;
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return NOTHING;
    return new Part((value as Record<string, unknown>)[key]);
  }

  has(key: string): boolean {
    return this.get(key).value !== undefined;
  }

  /** A text or a number as text, else empty. */
  get string(): string {
    const { value } = this;
    if (typeof value === "string") return withoutSecrets(value);
    return typeof value === "number" || typeof value === "boolean" ? withoutSecrets(String(value)) : "";
  }

  text(key: string): string {
    return this.get(key).string;
  }

  get number(): number | null {
    const { value } = this;
    return typeof value === "number" && Number.isFinite(value) ? value : null;
  }

  flag(key: string): boolean {
    const { value } = this.get(key);
    return value === true || value === "true";
  }

  get items(): readonly Part[] {
    return Array.isArray(this.value) ? this.value.map((item: unknown) => new Part(item)) : [];
  }

  list(key: string): readonly Part[] {
    return this.get(key).items;
  }

  /** The texts of a list. */
  texts(key: string): readonly string[] {
    return this.list(key)
      .map(({ string }) => string)
      .filter((text) => text !== "");
  }

  get entries(): readonly (readonly [name: string, part: Part])[] {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
    return Object.entries(value).map(([name, item]: [string, unknown]) => [withoutSecrets(name), new Part(item)]);
  }

  get isEmpty(): boolean {
    const { value } = this;
    if (value === undefined || value === null || value === "") return true;
    return typeof value === "object" && Object.keys(value).length === 0;
  }
}

const NOTHING = new Part(undefined);

export function jsonOf({ body }: HttpRequest): Part {
  try {
    return new Part(JSON.parse(body));
  } catch {
    return NOTHING;
  }
}

/** Pairs of a form, also of one in an address. */
export function formOf(text: string): Part {
  const values: Record<string, string> = Object.create(null);
  for (const pair of text.split("&")) {
    const at = pair.indexOf("=");
    const [name, value] = at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
    if (name !== "") values[decoded(name)] ??= decoded(value);
  }
  return new Part(values);
}

/** A cut in the middle of a character leaves bytes that are none: they are shown as such. */
function decoded(text: string): string {
  return text.replaceAll("+", " ").replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    const bytes = run
      .slice(1)
      .split("%")
      .map((digits) => Number.parseInt(digits, 16));
    return new TextDecoder().decode(new Uint8Array(bytes));
  });
}
