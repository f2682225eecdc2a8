import { encodeBase64 } from "./base64";
import { type Bytes, decodeRune, RUNE_ERROR } from "./bytes";
import { formatFloat } from "./float";
import type { GoTime } from "./time";
import { timeJson } from "./time-format";
import { entriesOf, GoError, itemsOf, sortedKeys, type Typed, type Value } from "./value";

const SHORT: Record<string, string> = {
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
  for (let at = 0; at < text.length; ) {
    const { rune, width } = decodeRune(text, at);
    const char = text.slice(at, at + width);
    at += width;
    if (rune === RUNE_ERROR && width === 1) json += "\\ufffd";
    else if (SHORT[char]) json += SHORT[char];
    else if (rune < 0x20 || "<>&".includes(char) || rune === 0x2028 || rune === 0x2029) {
      json += `\\u${rune.toString(16).padStart(4, "0")}`;
    } else json += char;
  }
  return `${json}"`;
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
