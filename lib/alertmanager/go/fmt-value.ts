import type { Bytes } from "./bytes";
import {
  formatAddress,
  formatChar,
  formatFloatText,
  formatHexText,
  formatInteger,
  formatQuoted,
  formatQuotedChar,
  formatString,
  formatUnicode,
  PLAIN,
  pad,
  type Spec,
} from "./fmt-text";
import type { GoTime } from "./time";
import {
  type Complex,
  entriesOf,
  INT64,
  itemsOf,
  sortedKeys,
  string,
  type Typed,
  UINT64,
  unwrapInterface,
  type Value,
} from "./value";

/** Where a pointer points is not knowable; Go's heap begins here. */
const SOME_ADDRESS = 0xc000012345n;

/** Prints one operand as a verb of Go's `fmt` does, the `%!d(string=x)` forms included. */
export function formatOperand(operand: Value, verb: string, spec: Spec): Bytes {
  const value = unwrapInterface(operand);
  if (!value) return verb === "T" || verb === "v" ? pad("<nil>", spec) : `%!${verb}(<nil>)`;
  if (verb === "T") return formatString(value.type.name, spec);
  if (verb === "p") return formatPointer(value, verb, spec);
  // Wrapping is for errors only.
  if (verb === "w") return bad(value, verb, spec);
  return formatMethods(value, verb, spec) ?? formatValue(value, verb, spec, 0);
}

/** What the value's own `GoString`, `Error` or `String` says, where the verb asks for it. */
function formatMethods(value: Typed, verb: string, spec: Spec): Bytes | null {
  const { methods } = value.type;
  if (!methods) return null;
  if (spec.sharpV) return methods.GoString ? formatString(textOf(methods.GoString.call([value])), spec) : null;
  if (!"vsxXq".includes(verb)) return null;
  const method = methods.Error ?? methods.String;
  return method ? formatText(textOf(method.call([value])), verb, spec) : null;
}

function textOf(value: Value): Bytes {
  return String(value?.data ?? "");
}

function formatText(text: Bytes, verb: string, spec: Spec): Bytes | null {
  if (verb === "v") return spec.sharpV ? formatQuoted(text, spec) : formatString(text, spec);
  if (verb === "s") return formatString(text, spec);
  if (verb === "x" || verb === "X") return formatHexText(text, spec, verb === "X");
  return verb === "q" ? formatQuoted(text, spec) : null;
}

function bad(value: Typed, verb: string, spec: Spec): Bytes {
  return `%!${verb}(${value.type.name}=${formatValue(value, "v", spec, 0, true)})`;
}

function formatValue(value: Typed, verb: string, spec: Spec, depth: number, erring = false, hidden = false): Bytes {
  if (depth > 0 && !erring && !hidden && value.type.kind !== "interface") {
    const own = formatMethods(value, verb, spec);
    if (own !== null) return own;
  }
  const { type, data } = value;
  const inner = (item: Value, within = hidden) => formatInner(item, verb, spec, depth + 1, erring, within);
  switch (type.kind) {
    case "bool":
      return verb === "t" || verb === "v" ? pad(String(data), spec) : bad(value, verb, spec);
    case "int":
    case "uint":
      return formatInt(value, verb, spec) ?? bad(value, verb, spec);
    case "float":
      return formatFloatVerb(data as number, verb, spec) ?? bad(value, verb, spec);
    case "complex": {
      const { real, imaginary } = data as Complex;
      const first = formatFloatVerb(real, verb, spec);
      const second = formatFloatVerb(imaginary, verb, { ...spec, plus: true });
      return first === null || second === null ? bad(value, verb, spec) : `(${first}${second}i)`;
    }
    case "string":
      return formatText(data as Bytes, verb, spec) ?? bad(value, verb, spec);
    case "slice":
      return formatSlice(value, verb, spec, inner);
    case "map": {
      if (spec.sharpV && data === null) return `${type.name}(nil)`;
      const entries = entriesOf(value);
      const texts = sortedKeys(value).map((key) => `${inner(string(key))}:${inner(entries.get(key) ?? null)}`);
      return spec.sharpV ? `${type.name}{${texts.join(", ")}}` : `map[${texts.join(" ")}]`;
    }
    case "struct":
      return formatStruct(value, spec, inner);
    case "interface":
      if (data === null) return spec.sharpV ? `${type.name}(nil)` : "<nil>";
      return inner(data as Typed);
    case "ptr":
      if (depth === 0 && type.elem && data !== null) return `&${inner(data as Typed)}`;
      return formatPointer(value, verb, spec);
    case "func":
      return formatPointer(value, verb, spec);
  }
}

function formatInner(item: Value, verb: string, spec: Spec, depth: number, erring: boolean, hidden: boolean): Bytes {
  if (item) return formatValue(item, verb, spec, depth, erring, hidden);
  return spec.sharpV ? "interface {}(nil)" : "<nil>";
}

function formatStruct(value: Typed, spec: Spec, inner: (item: Value, hidden: boolean) => Bytes): Bytes {
  const { type } = value;
  const items = type.name === "time.Time" ? timeFields(value.data as unknown as GoTime) : itemsOf(value);
  const fields = (type.fields ?? []).map((field, index) => {
    const text = inner(items[index] ?? null, !field.exported);
    return spec.plusV || spec.sharpV ? `${field.name}:${text}` : text;
  });
  return spec.sharpV ? `${type.name}{${fields.join(", ")}}` : `{${fields.join(" ")}}`;
}

/** wall, ext and loc, as they lie in memory when there is no monotonic clock. */
function timeFields({ unix, nanosecond, zone }: GoTime): Typed[] {
  const location = { kind: "ptr", name: "*time.Location", named: false } as const;
  return [
    { type: UINT64, data: BigInt(nanosecond) },
    { type: INT64, data: BigInt(unix) + 62_135_596_800n },
    { type: location, data: zone.name === "UTC" ? null : zone },
  ];
}

function formatSlice(value: Typed, verb: string, spec: Spec, inner: (item: Value) => Bytes): Bytes {
  const { type, data } = value;
  const items = itemsOf(value);
  if (type.elem?.name === "uint8") {
    const bytes = items.map((item) => String.fromCharCode(Number(item?.data ?? 0))).join("");
    if ("sxXq".includes(verb)) return formatText(bytes, verb, spec)!;
    if (spec.sharpV && verb === "v") {
      if (data === null) return "[]byte(nil)";
      return `[]byte{${items.map((item) => formatAddress(item?.data as bigint, true, PLAIN)).join(", ")}}`;
    }
  }
  if (spec.sharpV && data === null) return `${type.name}(nil)`;
  const texts = items.map((item) => inner(item));
  return spec.sharpV ? `${type.name}{${texts.join(", ")}}` : `[${texts.join(" ")}]`;
}

const BASES: Record<string, number> = { d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

function formatInt(value: Typed, verb: string, spec: Spec): Bytes | null {
  const number = value.data as bigint;
  if (verb === "v") {
    return spec.sharpV && value.type.kind === "uint"
      ? formatAddress(number, true, spec)
      : formatInteger(number, 10, "d", spec);
  }
  const base = BASES[verb];
  if (base) return formatInteger(number, base, verb, spec);
  if (verb === "c") return formatChar(number, spec);
  if (verb === "q") return formatQuotedChar(number, spec);
  return verb === "U" ? formatUnicode(number, spec) : null;
}

function formatFloatVerb(value: number, verb: string, spec: Spec): Bytes | null {
  switch (verb) {
    case "v":
      return formatFloatText(value, "g", -1, spec);
    case "b":
    case "g":
    case "G":
    case "x":
    case "X":
      return formatFloatText(value, verb, -1, spec);
    case "f":
    case "e":
    case "E":
      return formatFloatText(value, verb, 6, spec);
    case "F":
      return formatFloatText(value, "f", 6, spec);
    default:
      return null;
  }
}

function formatPointer(value: Typed, verb: string, spec: Spec): Bytes {
  const { type, data } = value;
  const pointerLike = ["ptr", "func", "map", "slice"].includes(type.kind);
  if (!pointerLike) return bad(value, verb, spec);
  const address = data === null ? 0n : SOME_ADDRESS;
  if (verb === "v") {
    if (spec.sharpV) return `(${type.name})(${address ? formatAddress(address, true, PLAIN) : "nil"})`;
    return address ? formatAddress(address, !spec.sharp, spec) : pad("<nil>", spec);
  }
  if (verb === "p") return formatAddress(address, !spec.sharp, spec);
  const base = BASES[verb];
  if (base && verb !== "O") return formatInteger(address, base, verb, spec);
  return bad(value, verb, spec);
}
