import type { FieldType } from "../fields";
import type { SourceNode } from "./nodes";
import { type ResolvedScalar, shortTag } from "./scalars";

const INT64 = 2n ** 63n;

/** Whether yaml.v2 puts such a value into a field of this type; it cuts off fractions. */
export function isNumberFor(kind: "int" | "uint" | "float", value: ResolvedScalar["value"]): boolean {
  if (typeof value === "bigint") return kind === "float" || (kind === "uint" ? value >= 0n : value < INT64);
  if (typeof value !== "number") return false;
  if (kind === "float") return true;
  if (Number.isInteger(value) && value < 0 && kind === "uint") return false;
  return value <= (kind === "int" ? 2 ** 63 : 2 ** 64);
}

const MOST = 10;
const encoder = new TextEncoder();

/** `!!str `text``, cut as upstream cuts it; lists and mappings are named by their tag alone. */
export function shown(node: SourceNode, resolvedTag: string): string {
  const tag = shortTag(node.properties?.tag ?? resolvedTag);
  if (node.kind !== "scalar") return resolvedTag;
  const bytes = encoder.encode(node.value);
  const text = bytes.length > MOST ? `${new TextDecoder().decode(bytes.subarray(0, 7))}...` : node.value;
  return `${tag} \`${text}\``;
}

const ACTUAL: Readonly<Record<string, string>> = {
  "!!map": "a mapping",
  "!!seq": "a list",
  "!!bool": "a boolean",
  "!!int": "a number",
  "!!float": "a number",
};

/** What a message about a wrong type says in the reader's words. */
export function refusalOf(type: FieldType, tag: string, key: string): Record<string, string> {
  return { key, expected: expectation(type), actual: ACTUAL[tag] ?? "text" };
}

function expectation(type: FieldType): string {
  switch (type.kind) {
    case "struct":
    case "map":
      return "a mapping";
    case "list":
      return "a list";
    case "bool":
      return "true or false";
    case "int":
    case "uint":
    case "float":
      return "a number";
    default:
      return "text";
  }
}
