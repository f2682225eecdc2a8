import type { Bytes } from "./bytes";
import { type GoTime, ZERO_TIME, type Zone } from "./time";

export type Kind =
  | "bool"
  | "int"
  | "uint"
  | "float"
  | "complex"
  | "string"
  | "slice"
  | "map"
  | "struct"
  | "ptr"
  | "func"
  | "interface";

/** A Go type as far as templates can meet it. Types are compared by identity. */
export interface GoType {
  kind: Kind;
  /** As `%T` prints it. */
  name: string;
  /** Whether it has a name of its own: `template.KV` has, `[]string` has not. */
  named: boolean;
  /** Of slices, maps and pointers. */
  elem?: GoType;
  fields?: readonly StructField[];
  methods?: Readonly<Record<string, GoFunction>>;
  /** A string type whose content html/template trusts. */
  trusted?: TrustedContent;
}

export type TrustedContent = "html" | "url" | "css" | "js" | "jsstr" | "attr" | "srcset";

export interface StructField {
  name: string;
  type: GoType;
  exported: boolean;
  /** The key in JSON. */
  json?: string;
}

export interface GoFunction {
  name: string;
  params: readonly GoType[];
  variadic?: boolean;
  results: readonly GoType[];
  /** Receives the receiver first when it is a method; throws `GoError` for Go's second result. */
  call(args: readonly Value[]): Value;
}

export interface Complex {
  real: number;
  imaginary: number;
}

export type Payload =
  | boolean
  | bigint
  | number
  | Bytes
  | Complex
  | readonly Value[]
  | ReadonlyMap<Bytes, Value>
  | GoTime
  | Zone
  | GoFunction
  | Typed
  | null;

/**
 * A Go value. The payload by kind: bool; int and uint bigint; float number; string `Bytes`; slice, struct array (null is a nil
 * slice); map `Map` (null is a nil map; keys are strings); interface and ptr what stands inside (null is nil).
 */
export interface Typed {
  type: GoType;
  data: Payload;
}

/** `null` is the invalid value: an untyped nil, or nothing at all. */
export type Value = Typed | null;

/** The text of an error that a Go function returns or panics with. */
export class GoError extends Error {
  readonly text: Bytes;
  constructor(text: Bytes) {
    super(text);
    this.text = text;
  }
}

function basic(kind: Kind, name: string): GoType {
  return { kind, name, named: true };
}

export const BOOL = basic("bool", "bool");
export const INT = basic("int", "int");
export const INT64 = basic("int", "int64");
export const UINT8 = basic("uint", "uint8");
export const UINT64 = basic("uint", "uint64");
export const FLOAT64 = basic("float", "float64");
export const COMPLEX128 = basic("complex", "complex128");
export const STRING = basic("string", "string");
export const ANY: GoType = { kind: "interface", name: "interface {}", named: false };
export const ERROR: GoType = { kind: "interface", name: "error", named: true, methods: {} };
/** What the built-in functions take: any value, also the invalid one. */
export const REFLECT_VALUE: GoType = { kind: "struct", name: "reflect.Value", named: true, fields: [] };

export function sliceOf(elem: GoType): GoType {
  return { kind: "slice", name: `[]${elem.name}`, named: false, elem };
}
export const STRINGS = sliceOf(STRING);
export const BYTE_SLICE = sliceOf(UINT8);
export const ANYS = sliceOf(ANY);
export const ANY_MAP: GoType = { kind: "map", name: "map[string]interface {}", named: false, elem: ANY };

export const bool = (data: boolean): Typed => ({ type: BOOL, data });
export const int = (data: bigint | number): Typed => ({ type: INT, data: BigInt(data) });
export const string = (data: Bytes): Typed => ({ type: STRING, data });
export const float = (data: number): Typed => ({ type: FLOAT64, data });
export const strings = (texts: readonly Bytes[], type = STRINGS): Typed => ({ type, data: texts.map(string) });

/** Items of a slice, fields of a struct. */
export function itemsOf(value: Typed): readonly Value[] {
  return (value.data as readonly Value[] | null) ?? [];
}

export function entriesOf(value: Typed): ReadonlyMap<Bytes, Value> {
  return (value.data as ReadonlyMap<Bytes, Value> | null) ?? new Map<Bytes, Value>();
}

/** Keys of a map in the order in which Go ranges over and prints them. */
export function sortedKeys(value: Typed): Bytes[] {
  return [...entriesOf(value).keys()].sort(compareBytes);
}

export function compareBytes(left: Bytes, right: Bytes): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** An element as reflection sees it in its container: behind its interface if the container holds interfaces. */
export function held(elem: GoType, value: Value): Typed {
  if (elem.kind === "interface") return { type: elem, data: value };
  return value ?? zeroOf(elem);
}

/** What an interface holds; other values as they are. */
export function unwrapInterface(value: Value): Value {
  let inner = value;
  while (inner?.type.kind === "interface") inner = inner.data as Value;
  return inner;
}

/** Follows pointers and interfaces; `isNil` when one of them is nil (the value is then that pointer). */
export function indirect(value: Value): { value: Value; isNil: boolean } {
  let inner = value;
  while (inner && (inner.type.kind === "ptr" || inner.type.kind === "interface")) {
    if (inner.data === null) return { value: inner, isNil: true };
    // A *time.Location is a pointer to nothing that a template can reach.
    if (inner.type.kind === "ptr" && !inner.type.elem) return { value: inner, isNil: false };
    inner = inner.data as Typed;
  }
  return { value: inner, isNil: false };
}

/** The zero value of a type. */
export function zeroOf(type: GoType): Typed {
  const zeros: Partial<Record<Kind, Payload>> = { bool: false, int: 0n, uint: 0n, float: 0, string: "" };
  if (type.name === "time.Time") return { type, data: ZERO_TIME };
  if (type.kind === "struct") return { type, data: (type.fields ?? []).map((field) => zeroOf(field.type)) };
  if (type.kind === "complex") return { type, data: { real: 0, imaginary: 0 } };
  return { type, data: zeros[type.kind] ?? null };
}

/** Go's assignability, for the types that occur here. */
export function assignable(from: GoType, to: GoType): boolean {
  if (from === to || from.name === to.name) return true;
  if (to === ANY) return true;
  if (to.kind === "interface") return false;
  if (from.kind !== to.kind || (from.named && to.named)) return false;
  return (from.kind === "slice" || from.kind === "map") && from.elem?.name === to.elem?.name;
}
