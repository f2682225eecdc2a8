import type { Bytes } from "../go/bytes";
import { PLAIN } from "../go/fmt-text";
import { formatOperand } from "../go/fmt-value";
import type { Complex, GoFunction, GoType, Typed, Value } from "../go/value";
import { BOOL, bool, ERROR, GoError, itemsOf, REFLECT_VALUE, sliceOf, unwrapInterface } from "../go/value";

type Basic = "bool" | "complex" | "float" | "int" | "string" | "uint";
const BASIC = new Set<string>(["bool", "complex", "float", "int", "string", "uint"]);

/** `eq ne lt le gt ge`. */
export function comparisonFunctions(typesInErrors: boolean): GoFunction[] {
  const incompatible = (left: Value, right: Value): never => {
    const types = typesInErrors && left && right ? `: ${left.type.name} and ${right.type.name}` : "";
    throw new GoError(`incompatible types for comparison${types}`);
  };
  const equal = (left: Value, rights: readonly Value[]): boolean => {
    const first = unwrapInterface(left);
    if (rights.length === 0) throw new GoError("missing argument for comparison");
    return rights.some((argument) => isEqual(first, unwrapInterface(argument), incompatible));
  };
  const less = (left: Value, right: Value): boolean => {
    const [first, second] = [basicOf(left), basicOf(right)];
    if (first.kind !== second.kind) {
      const ordered = compareIntegers(first.value, second.value);
      return ordered === null ? incompatible(first.value, second.value) : ordered < 0;
    }
    if (first.kind === "bool" || first.kind === "complex") throw new GoError("invalid type for comparison");
    return (first.value.data as number) < (second.value.data as number);
  };
  const equalOne = (left: Value, right: Value) => equal(left, [right]);
  const two = (name: Bytes, judge: (left: Value, right: Value) => boolean): GoFunction => ({
    ...{ name, params: [REFLECT_VALUE, REFLECT_VALUE], results: [BOOL, ERROR] },
    call: ([left, right]) => bool(judge(left ?? null, right ?? null)),
  });
  return [
    {
      ...{ name: "eq", params: [REFLECT_VALUE, sliceOf(REFLECT_VALUE)], variadic: true, results: [BOOL, ERROR] },
      call: ([left, ...rights]) => bool(equal(left ?? null, rights)),
    },
    two("ne", (left, right) => !equalOne(left, right)),
    two("lt", less),
    two("le", (left, right) => less(left, right) || equalOne(left, right)),
    two("gt", (left, right) => !(less(left, right) || equalOne(left, right))),
    two("ge", (left, right) => !less(left, right)),
  ];
}

/** Go shows the value through its `%s`. */
function refuse(value: Typed): never {
  throw new GoError(`non-comparable type ${formatOperand(value, "s", PLAIN)}: ${value.type.name}`);
}

function comparable(type: GoType): boolean {
  if (type.kind === "slice" || type.kind === "map" || type.kind === "func") return false;
  if (type.name === "time.Time") return true;
  return type.kind !== "struct" || (type.fields ?? []).every((field) => comparable(field.type));
}

function basicOf(argument: Value): { kind: Basic; value: Typed } {
  const value = unwrapInterface(argument);
  if (!value || !BASIC.has(value.type.kind)) throw new GoError("invalid type for comparison");
  return { kind: value.type.kind as Basic, value };
}

function compareIntegers(left: Value, right: Value): number | null {
  const kinds = [left?.type.kind, right?.type.kind];
  if (!kinds.every((kind) => kind === "int" || kind === "uint")) return null;
  const [first, second] = [left!.data as bigint, right!.data as bigint];
  return first < second ? -1 : first > second ? 1 : 0;
}

function isEqual(left: Value, right: Value, incompatible: (left: Value, right: Value) => never): boolean {
  const [leftBasic, rightBasic] = [basicKind(left), basicKind(right)];
  if (leftBasic !== rightBasic) {
    const ordered = compareIntegers(left, right);
    if (ordered !== null) return ordered === 0;
    if (left && right) return incompatible(left, right);
    return false;
  }
  if (left && right && leftBasic) return sameBasic(left, right);
  if (left && right && left.type.kind !== right.type.kind) {
    const shown = formatOperand(left, "s", PLAIN);
    throw new GoError(
      `non-comparable types ${shown}: ${left.type.name}, ${right.type.name}: ${formatOperand(right, "v", PLAIN)}`,
    );
  }
  if (isNil(left) || isNil(right)) return isNil(left) === isNil(right);
  if (right && !comparable(right.type)) refuse(right);
  return sameValue(left, right);
}

function isNil(value: Value): boolean {
  return !value || (value.data === null && value.type.kind !== "struct");
}

function basicKind(value: Value): Basic | null {
  return value && BASIC.has(value.type.kind) ? (value.type.kind as Basic) : null;
}

function sameBasic(left: Typed, right: Typed): boolean {
  if (left.type.kind !== "complex") return left.data === right.data;
  const [first, second] = [left.data as Complex, right.data as Complex];
  return first.real === second.real && first.imaginary === second.imaginary;
}

function sameValue(left: Value, right: Value): boolean {
  if (!left || !right) return left === right;
  if (left.type.name !== right.type.name) return false;
  if (left.type.name === "time.Time") {
    const [first, second] = [left.data, right.data] as unknown as { unix: number; nanosecond: number; zone: object }[];
    return first!.unix === second!.unix && first!.nanosecond === second!.nanosecond && first!.zone === second!.zone;
  }
  if (left.type.kind === "struct") {
    return itemsOf(left).every((item, index) => sameValue(item, itemsOf(right)[index] ?? null));
  }
  return left.data === right.data;
}
