import { toBytes } from "../go/bytes";
import { formatFloat } from "../go/float";
import { SHORT } from "../go/json";
import { compareBytes, GoError } from "../go/value";

/** What a body is made of: an object of `fields` keeps its order, a `Map` is a Go map and sorted. */
export type Body =
  | null
  | boolean
  | number
  | bigint
  | string
  | RawJson
  | Fields
  | readonly Body[]
  | ReadonlyMap<string, Body>;

const NOT_PLAIN = /[^ !#-%'-;=?-[\]-~]/;
/** A lone surrogate stands for a byte that is no UTF-8. */
const SPECIAL = /["\\<>&\p{Cc}\p{Cs}\u2028\u2029]/gu;

/** JSON that stands as it is. */
export class RawJson {
  constructor(readonly text: string) {}
}

/** A Go struct; `undefined` is a field left out. */
class Fields {
  constructor(readonly entries: readonly (readonly [string, Body | undefined])[]) {}
}

export function fields(object: Readonly<Record<string, Body | undefined>>): Fields {
  return new Fields(Object.entries(object));
}

/** The value, or nothing where Go's `omitempty` leaves it out. */
export function filled<T extends string | boolean | readonly Body[]>(value: T): T | undefined {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  return value === "" || value === false ? undefined : value;
}

/** JSON as Go's encoder writes it. @throws GoError for a number that JSON does not know. */
export function encodeJson(body: Body): string {
  if (body === null) return "null";
  switch (typeof body) {
    case "string":
      return jsonText(body);
    case "number":
      return jsonNumber(body);
    case "boolean":
    case "bigint":
      return String(body);
  }
  if (body instanceof RawJson) return body.text;
  if (body instanceof Fields) {
    const members = body.entries.flatMap(([key, value]) =>
      value === undefined ? [] : [`${encodeJson(key)}:${encodeJson(value)}`],
    );
    return `{${members.join(",")}}`;
  }
  if (body instanceof Map) {
    const sorted = [...body.entries()].sort(([left], [right]) => compareBytes(toBytes(left), toBytes(right)));
    return `{${sorted.map(([key, value]) => `${encodeJson(key)}:${encodeJson(value)}`).join(",")}}`;
  }
  return `[${(body as readonly Body[]).map(encodeJson).join(",")}]`;
}

/** As `jsonString`, without the way through bytes. */
function jsonText(text: string): string {
  if (!NOT_PLAIN.test(text)) return `"${text}"`;
  return `"${text.replace(SPECIAL, escaped)}"`;
}

function escaped(char: string): string {
  if (char >= "\ud800" && char <= "\udfff") return "\\ufffd";
  // Control characters behind ASCII stand as they are.
  if (char >= "\x7f" && char < "\u2028") return char;
  return SHORT[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A body as `json.Encoder` writes it, with the line feed at its end. */
export function jsonBody(body: Body): string {
  return `${encodeJson(body)}\n`;
}

function jsonNumber(value: number): string {
  if (!Number.isFinite(value)) {
    throw new GoError(`json: unsupported value: ${formatFloat(value, "g", -1)}`);
  }
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-6 && size < 1e21)) return formatFloat(value, "f", -1);
  return formatFloat(value, "e", -1).replace(/e-0(\d)$/, "e-$1");
}
