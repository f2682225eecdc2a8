import type { Json, JsonObject } from "../config/types";
import { isPlainString } from "./scalars";

/** How a text is laid out; taken over from the source when there is one. */
export interface Style {
  /** Columns by which a nested mapping is set in. */
  indent: number;
  /** Columns by which the dashes of a list stand in from the key above. */
  listIndent: number;
}
export const USUAL_STYLE: Style = { indent: 2, listIndent: 2 };

// biome-ignore-start lint/suspicious/noControlCharactersInRegex: these are the characters YAML cannot hold unescaped
const UNPRINTABLE = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

/** One scalar on one line, read by YAML 1.1 and 1.2 readers as exactly this value. `flow`: inside `[…]` or `{…}`. */
export function printScalar(value: null | boolean | number | string, flow = false): string {
  if (typeof value !== "string") return printBare(value);
  if (fitsPlain(value, flow)) return value;
  if (value.includes("\n") || value.includes("\t") || isUnprintable(value)) return quoteDouble(value);
  return value.includes("'") && !/["\\]/.test(value) ? quoteDouble(value) : `'${value.replaceAll("'", "''")}'`;
}

function printBare(value: null | boolean | number): string {
  if (typeof value !== "number" || Number.isInteger(value)) {
    return typeof value === "number" ? BigInt(value).toString() : String(value);
  }
  return Number.isFinite(value) ? String(value) : Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
}

function isUnprintable(value: string): boolean {
  // Pairs of surrogates are letters like any other; only a single one has no place in a text.
  return UNPRINTABLE.test(value.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ""));
}

/** What a double-quoted scalar needs; `style` of the source is kept by the caller. */
export function quoteDouble(value: string): string {
  return JSON.stringify(value).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function fitsPlain(value: string, flow: boolean): boolean {
  if (value === "" || value !== value.trim() || /[\n\t\r]/.test(value) || isUnprintable(value)) return false;
  if (/^[-?:](?:\s|$)/.test(value) || /^[-?:,[\]{}#&*!|>'"%@`]/.test(value))
    return /^-[A-Za-z]/.test(value) && plainInside(value, flow);
  return plainInside(value, flow);
}

function plainInside(value: string, flow: boolean): boolean {
  if (value.includes(": ") || value.includes(" #") || value.endsWith(":") || /^(?:---|\.\.\.)/.test(value))
    return false;
  return isPlainString(value) && !(flow && /[,[\]{}:]/.test(value));
}

/** `|` with its lines, when the text can stand so; `null` when it must be quoted. */
export function printLiteral(value: string, indent: number): string | null {
  if (!value.includes("\n") || isUnprintable(value) || /\r/.test(value)) return null;
  const body = value.replace(/\n+$/, "");
  if (body === "" || /^[ \n]/.test(value) || value.startsWith("\t") || /(?:^|\n)[ \t]+(?:\n|$)/.test(value))
    return null;
  const breaks = value.length - body.length;
  // `|+` would swallow the blank lines that stand behind it.
  if (breaks > 1) return null;
  const pad = " ".repeat(indent);
  const lines = value.slice(0, breaks > 0 ? -1 : undefined).split("\n");
  return `|${breaks === 0 ? "-" : ""}\n${lines.map((line) => (line === "" ? "" : pad + line)).join("\n")}`;
}

export function isCollection(value: Json | undefined): value is Json[] | JsonObject {
  return value !== null && typeof value === "object";
}

/** One line: `[a, b]`, `{a: b}` or a scalar. */
export function printFlow(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(printFlow).join(", ")}]`;
  if (!isCollection(value)) return printScalar(value, true);
  return `{${Object.entries(value)
    .map(([key, item]) => `${printKey(key)}: ${printFlow(item)}`)
    .join(", ")}}`;
}

export function printKey(key: string): string {
  // A long key would need the explicit form `? key`.
  return printScalar(key, true);
}

/** What follows `key:`, with the space or line break before it; `column` is where the key stands. */
export function printValue(value: Json, column: number, style: Style): string {
  if (isCollection(value)) {
    if (Array.isArray(value)) {
      return value.length === 0 ? " []" : `\n${printItems(value, column + style.listIndent, style)}`;
    }
    return Object.keys(value).length === 0 ? " {}" : `\n${printPairs(value, column + style.indent, style)}`;
  }
  return ` ${(typeof value === "string" && printLiteral(value, column + style.indent)) || printScalar(value)}`;
}

export function printPairs(object: JsonObject, column: number, style: Style): string {
  const pad = " ".repeat(column);
  const pairs = Object.entries(object).filter(([, value]) => value !== undefined);
  return pairs.map(([key, value]) => `${pad}${printKey(key)}:${printValue(value, column, style)}`).join("\n");
}

export function printItems(items: readonly Json[], column: number, style: Style): string {
  return items.map((item) => printItem(item, column, style)).join("\n");
}

/** `- …` with its first line set in. */
export function printItem(item: Json, column: number, style: Style): string {
  const dash = `${" ".repeat(column)}- `;
  if (!isCollection(item)) {
    return dash + ((typeof item === "string" && printLiteral(item, column + 2)) || printScalar(item));
  }
  const body = Array.isArray(item)
    ? item.length > 0 && printItems(item, column + 2, style)
    : Object.keys(item).length > 0 && printPairs(item, column + 2, style);
  return dash + (body ? body.slice(column + 2) : Array.isArray(item) ? "[]" : "{}");
}
