import { encodeBase64 } from "./base64";
import { type Bytes, decodeRune, RUNE_ERROR } from "./bytes";
import { formatFloat } from "./float";
import type { GoTime } from "./time";
import { timeJson } from "./time-format";
import { entriesOf, GoError, itemsOf, sortedKeys, type Typed, type Value } from "./value";

export const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** Printable ASCII without what is escaped: most strings. */
const PLAIN = /^[ !#-%'-;=?-[\]-~]*$/;

/** A JSON string as `encoding/json` writes it: `<`, `>`, `&`, U+2028 and U+2029 escaped. */
export function jsonString(text: Bytes): Bytes {
  if (PLAIN.test(text)) return `"${text}"`;
  let json = '"';
  let from = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    if (code < 0x80) {
      const char = text[at]!;
      at++;
      if (code >= 0x20 && !SPECIAL.has(char)) continue;
      json += text.slice(from, at - 1) + (SHORT[char] ?? unicodeEscape(code));
      from = at;
      continue;
    }
    const width = plainWidth(text, at, code);
    if (width > 0) {
      at += width;
      continue;
    }
    const decoded = decodeRune(text, at);
    const invalid = decoded.rune === RUNE_ERROR && decoded.width === 1;
    const separator = decoded.rune === 0x2028 || decoded.rune === 0x2029;
    if (invalid || separator) {
      json += text.slice(from, at) + unicodeEscape(decoded.rune);
      from = at + decoded.width;
    }
    at += decoded.width;
  }
  return `${json}${text.slice(from)}"`;
}

const SPECIAL: ReadonlySet<string> = new Set('"\\<>&');

function unicodeEscape(rune: number): Bytes {
  return `\\u${rune.toString(16).padStart(4, "0")}`;
}

/** Of most runes of two or three bytes, which stand as they are; 0 for what must be looked at. */
function plainWidth(text: Bytes, at: number, first: number): number {
  const continues = (index: number) => (text.charCodeAt(at + index) & 0xc0) === 0x80;
  if (first >= 0xc2 && first < 0xe0) return continues(1) ? 2 : 0;
  if (first <= 0xe2 || first >= 0xed) return 0;
  return continues(1) && continues(2) ? 3 : 0;
}

/** Go's `json.Marshal`. @throws GoError with its text. */
export function marshalJson(value: Value): Bytes {
  if (!value) return "null";
  const { type, data } = value;
  switch (type.kind) {
    case "bool":
    case "int":
    case "uint":
      return String(data);
    case "float":
      return jsonFloat(data as number);
    case "string":
      return jsonString(data as Bytes);
    case "slice":
      return jsonSlice(value);
    case "map": {
      if (data === null) return "null";
      const entries = entriesOf(value);
      const pairs = sortedKeys(value).map((key) => `${jsonString(key)}:${marshalJson(entries.get(key) ?? null)}`);
      return `{${pairs.join(",")}}`;
    }
    case "struct":
      return jsonStruct(value);
    case "interface":
      return marshalJson(data as Value);
    case "ptr":
      if (data === null) return "null";
      return type.elem ? marshalJson(data as Typed) : "{}";
    default:
      throw new GoError(`json: unsupported type: ${type.name}`);
  }
}

function jsonSlice(value: Typed): Bytes {
  if (value.data === null) return "null";
  const items = itemsOf(value);
  if (value.type.elem?.name === "uint8") {
    const bytes = items.map((item) => String.fromCharCode(Number(item?.data ?? 0))).join("");
    return `"${encodeBase64(bytes, "standard")}"`;
  }
  return `[${items.map(marshalJson).join(",")}]`;
}

function jsonStruct(value: Typed): Bytes {
  const { type } = value;
  if (type.name === "time.Time") {
    const json = timeJson(value.data as unknown as GoTime);
    if (json.ok) return `"${json.text}"`;
    throw new GoError(`json: error calling MarshalJSON for type time.Time: Time.MarshalJSON: ${json.error}`);
  }
  const items = itemsOf(value);
  const members = (type.fields ?? []).flatMap((field, index) =>
    field.exported ? [`${jsonString(field.json ?? field.name)}:${marshalJson(items[index] ?? null)}`] : [],
  );
  return `{${members.join(",")}}`;
}

function jsonFloat(value: number): Bytes {
  if (!Number.isFinite(value)) throw new GoError(`json: unsupported value: ${formatFloat(value, "g", -1)}`);
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-6 && size < 1e21)) return formatFloat(value, "f", -1);
  return formatFloat(value, "e", -1).replace(/e-0(\d)$/, "e-$1");
}
