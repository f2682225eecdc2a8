import { type Held, HeldUrl, isLoaded, type Loaded } from "../config/resolve/load";
import type { Path } from "../config/types";
import { printUrl } from "../go/url-string";

/** Where the text stands that was read last, below the integration. */
export interface Reads {
  last: Path;
}

/** What is configured for one integration, or for a part of it. */
export class Settings {
  constructor(
    readonly values: Loaded,
    private readonly place: Path = [],
    readonly reads: Reads = { last: place },
  ) {}

  has(key: string): boolean {
    return this.values[key] !== undefined && this.values[key] !== null;
  }

  text(key: string): string {
    this.reads.last = [...this.place, key];
    return textOf(this.values[key]);
  }

  flag(key: string): boolean {
    return this.values[key] === true;
  }

  number(key: string): number {
    const value = Number(this.values[key] ?? 0);
    return Number.isFinite(value) ? value : 0;
  }

  /** As Go prints it; empty without one. */
  url(key: string): string {
    const held = this.values[key];
    if (held instanceof HeldUrl) return printUrl(held.text, { slash: held.slash });
    return typeof held === "string" ? printUrl(held) : "";
  }

  part(key: string): Settings {
    const value = this.values[key];
    return new Settings(isLoaded(value) ? value : {}, [...this.place, key], this.reads);
  }

  /** Items of a list of structs; `null` is one that is empty in the file. */
  parts(key: string): (Settings | null)[] {
    return this.list(key).map((item, index) =>
      isLoaded(item) ? new Settings(item, [...this.place, key, index], this.reads) : null,
    );
  }

  list(key: string): readonly Held[] {
    this.reads.last = [...this.place, key];
    const value = this.values[key];
    return Array.isArray(value) ? value : [];
  }

  texts(key: string): string[] {
    return this.list(key).map(textOf);
  }

  /** Of a map from names to texts. */
  entries(key: string): [string, string][] {
    this.reads.last = [...this.place, key];
    const value = this.values[key];
    return isLoaded(value) ? Object.entries(value).map(([name, item]) => [name, textOf(item)]) : [];
  }
}

function textOf(value: Held | undefined): string {
  if (value === undefined || value === null) return "";
  return value instanceof HeldUrl ? value.text : String(value);
}
