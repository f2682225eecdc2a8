import { type Bytes, decodeRune } from "../go/bytes";
import { isPrintable } from "../go/quote-bytes";
import { sprint, sprintf, sprintln } from "../go/sprintf";
import {
  ANYS,
  BOOL,
  bool,
  ERROR,
  entriesOf,
  GoError,
  type GoFunction,
  held,
  INT,
  indirect,
  int,
  itemsOf,
  REFLECT_VALUE,
  STRING,
  sliceOf,
  string,
  type Typed,
  UINT8,
  unwrapInterface,
  type Value,
  zeroOf,
} from "../go/value";
import { comparisonFunctions } from "./compare";
import { isTrue } from "./truth";

const VALUES = sliceOf(REFLECT_VALUE);

export interface BuiltinOptions {
  /** Whether `eq` and its kin name the types they refuse. */
  typesInErrors: boolean;
  /** Whether `call` names what is no function. */
  namesCallee: boolean;
  /** Bytes of one printed text, asked for when it is needed. */
  textLimit(): number;
}

/** The functions that Go's `text/template` brings. */
export function builtinFunctions(options: BuiltinOptions): GoFunction[] {
  const text = (name: Bytes, call: (args: readonly Value[]) => Bytes): GoFunction => ({
    ...{ name, params: [ANYS], variadic: true, results: [STRING] },
    call: (args) => string(call(args)),
  });
  return [
    { ...shape("and"), call: () => null },
    { ...shape("or"), call: () => null },
    {
      name: "not",
      params: [REFLECT_VALUE],
      results: [BOOL],
      call: ([value]) => bool(!isTrue(unwrapInterface(value ?? null))),
    },
    { name: "len", params: [REFLECT_VALUE], results: [INT, ERROR], call: ([value]) => int(length(value ?? null)) },
    { ...shape("index"), call: ([value, ...keys]) => index(value ?? null, keys) },
    { ...shape("slice"), call: ([value, ...bounds]) => slice(value ?? null, bounds) },
    {
      ...shape("call"),
      call: ([name, callee]) => refuseCall(options.namesCallee ? (name ?? null) : null, callee ?? null),
    },
    text("print", sprint),
    text("println", sprintln),
    {
      ...{ name: "printf", params: [STRING, ANYS], variadic: true, results: [STRING] },
      call: ([format, ...args]) => string(sprintf(format!.data as Bytes, args, options.textLimit())),
    },
    text("html", (args) => escapeHtmlText(joined(args))),
    text("js", (args) => escapeJsText(joined(args))),
    text("urlquery", (args) => queryEscape(joined(args))),
    ...comparisonFunctions(options.typesInErrors),
  ];
}

function shape(name: Bytes): Pick<GoFunction, "name" | "params" | "variadic" | "results"> {
  return { name, params: [REFLECT_VALUE, VALUES], variadic: true, results: [REFLECT_VALUE, ERROR] };
}

/** One operand that is a string stands for itself, others are printed. */
function joined(args: readonly Value[]): Bytes {
  const only = args.length === 1 ? unwrapInterface(args[0]!) : null;
  if (only?.type === STRING) return only.data as Bytes;
  return sprint(args.map((arg) => pointedAt(arg) ?? string("<no value>")));
}

/** Unlike `print`, these show what a pointer leads to. */
function pointedAt(arg: Value): Value {
  const value = arg && unwrapInterface(arg);
  return value?.type.kind === "ptr" && value.type.elem ? indirect(value).value : arg;
}

function onZeroValue(method: string): never {
  throw new GoError(`reflect: call of reflect.Value.${method} on zero Value`);
}

function length(argument: Value): number {
  const { value, isNil } = indirect(argument);
  if (isNil) throw new GoError("len of nil pointer");
  if (!value) return onZeroValue("Type");
  if (value.type.kind === "string") return (value.data as Bytes).length;
  if (value.type.kind === "slice") return itemsOf(value).length;
  if (value.type.kind === "map") return entriesOf(value).size;
  throw new GoError(`len of type ${value.type.name}`);
}

/** Go's `indexArg`: an index or slice bound within 0…limit. */
function position(argument: Value, limit: number): number {
  const value = unwrapInterface(argument);
  if (!value) throw new GoError("cannot index slice/array with nil");
  if (value.type.kind !== "int" && value.type.kind !== "uint") {
    throw new GoError(`cannot index slice/array with type ${value.type.name}`);
  }
  const number = value.data as bigint;
  if (number < 0n || number > BigInt(limit)) throw new GoError(`index out of range: ${number}`);
  return Number(number);
}

function index(argument: Value, keys: readonly Value[]): Value {
  let item = unwrapInterface(argument);
  if (!item) throw new GoError("index of untyped nil");
  let reached: Value = argument;
  for (const key of keys) {
    const { value, isNil } = indirect(item);
    if (isNil || !value) throw new GoError("index of nil pointer");
    reached = element(value, key);
    item = reached;
  }
  return reached;
}

function element(value: Typed, key: Value): Value {
  const { type } = value;
  if (type.kind === "string") {
    const text = value.data as Bytes;
    const at = position(key, text.length);
    if (at === text.length) throw new GoError("reflect: string index out of range");
    return { type: UINT8, data: BigInt(text.charCodeAt(at)) };
  }
  if (type.kind === "slice") {
    const items = itemsOf(value);
    const at = position(key, items.length);
    if (at === items.length) throw new GoError("reflect: slice index out of range");
    return held(type.elem!, items[at] ?? null);
  }
  if (type.kind === "map") {
    const name = unwrapInterface(key);
    if (!name) throw new GoError("value is nil; should be of type string");
    if (name.type !== STRING) throw new GoError(`value has type ${name.type.name}; should be string`);
    const found = entriesOf(value).get(name.data as Bytes);
    return found === undefined ? zeroOf(type.elem!) : held(type.elem!, found);
  }
  throw new GoError(`can't index item of type ${type.name}`);
}

function slice(argument: Value, bounds: readonly Value[]): Value {
  const { value, isNil } = indirect(argument);
  if (!value || isNil) {
    if (!argument) throw new GoError("slice of untyped nil");
    throw new GoError("slice of nil pointer");
  }
  if (bounds.length > 3) throw new GoError(`too many slice indexes: ${bounds.length}`);
  const { kind } = value.type;
  if (kind === "string" && bounds.length === 3) throw new GoError("cannot 3-index slice a string");
  if (kind !== "string" && kind !== "slice") throw new GoError(`can't slice item of type ${value.type.name}`);
  const size = kind === "string" ? (value.data as Bytes).length : itemsOf(value).length;
  const ends = [0, size];
  for (const [at, bound] of bounds.entries()) ends[at] = position(bound, size);
  const [from, to, capacity] = ends as [number, number, number | undefined];
  if (from > to) throw new GoError(`invalid slice index: ${from} > ${to}`);
  if (capacity !== undefined && to > capacity) throw new GoError(`invalid slice index: ${to} > ${capacity}`);
  if (kind === "string") return { type: value.type, data: (value.data as Bytes).slice(from, to) };
  return { type: value.type, data: itemsOf(value).slice(from, to) };
}

/** No function value can reach a template of Alertmanager. */
function refuseCall(name: Value, callee: Value): never {
  const value = unwrapInterface(callee);
  if (!value) throw new GoError("call of nil");
  throw new GoError(`non-function ${name ? `${name.data} ` : ""}of type ${value.type.name}`);
}

const HTML: Record<string, string> = {
  "\0": "\xef\xbf\xbd",
  '"': "&#34;",
  "'": "&#39;",
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
};

/** Go's `template.HTMLEscapeString`. */
export function escapeHtmlText(text: Bytes): Bytes {
  return text.replace(/[\0"'&<>]/g, (char) => HTML[char]!);
}

const JS: Record<string, string> = {
  "\\": "\\\\",
  "'": "\\'",
  '"': '\\"',
  "<": "\\u003C",
  ">": "\\u003E",
  "&": "\\u0026",
  "=": "\\u003D",
};

/** Go's `template.JSEscapeString`. */
function escapeJsText(text: Bytes): Bytes {
  let escaped = "";
  for (let at = 0; at < text.length; ) {
    const { rune, width } = decodeRune(text, at);
    const char = text.slice(at, at + width);
    at += width;
    const known = JS[char];
    if (known) escaped += known;
    else if (rune < 0x20) escaped += `\\u${rune.toString(16).toUpperCase().padStart(4, "0")}`;
    else if (width === 1 && rune < 0x80) escaped += char;
    else escaped += isPrintable(rune) ? char : `\\u${rune.toString(16).toUpperCase().padStart(4, "0")}`;
  }
  return escaped;
}

/** Go's `url.QueryEscape`. */
export function queryEscape(text: Bytes): Bytes {
  return text.replace(/[^A-Za-z0-9\-_.~]/g, (char) =>
    char === " " ? "+" : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}
