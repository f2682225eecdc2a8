import { type Filter, parse } from "scim2-parse-filter";
import { scimFailure } from "./failure";

type Test = (resource: unknown) => boolean;

const LONGEST = 2000;
/** Compared to the letter (RFC 7643: caseExact). */
const EXACT = new Set(["id", "externalid", "value", "meta.version"]);

/** What a filter (RFC 7644 §3.4.2.2) asks of a resource. */
export function compileFilter(text: string): Test {
  if (text.length > LONGEST) throw scimFailure("invalid_input", "invalidFilter", "The filter is too long.");
  try {
    return testOf(parse(text));
  } catch {
    throw scimFailure("invalid_input", "invalidFilter", "The filter cannot be read.");
  }
}

/** `userName eq "x"` and nothing else, which an index answers. */
export function simpleEquality(
  text: string,
): { attribute: "username" | "externalid" | "displayname"; value: string } | null {
  const match = /^\s*(userName|externalId|displayName)\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i.exec(text);
  if (!match) return null;
  const value: unknown = JSON.parse(match[2] ?? '""');
  const attribute = match[1]?.toLowerCase();
  if (typeof value !== "string") return null;
  return attribute === "username" || attribute === "externalid" || attribute === "displayname"
    ? { attribute, value }
    : null;
}

function testOf(filter: Filter): Test {
  switch (filter.op) {
    case "and": {
      const tests = filter.filters.map(testOf);
      return (resource) => tests.every((test) => test(resource));
    }
    case "or": {
      const tests = filter.filters.map(testOf);
      return (resource) => tests.some((test) => test(resource));
    }
    case "not": {
      const test = testOf(filter.filter);
      return (resource) => !test(resource);
    }
    case "[]": {
      const inner = testOf(filter.valFilter);
      const path = filter.attrPath;
      return (resource) => valuesAt(resource, path).some(inner);
    }
    case "pr":
      return (resource) => valuesAt(resource, filter.attrPath).some((value) => value !== null && value !== "");
    default: {
      const { op, attrPath, compValue } = filter;
      const exact = EXACT.has(attrPath.toLowerCase());
      const compare = comparison(op, compValue, exact);
      return (resource) => {
        const found = valuesAt(resource, attrPath).map(simple);
        if (compValue === null) return op === "eq" ? found.length === 0 : op === "ne" && found.length > 0;
        return op === "ne" ? !found.some(comparison("eq", compValue, exact)) : found.some(compare);
      };
    }
  }
}

function comparison(op: string, wanted: unknown, exact: boolean): (value: unknown) => boolean {
  const fold = (value: unknown) => (typeof value === "string" && !exact ? value.toLowerCase() : value);
  const other = fold(wanted);
  return (given) => {
    const value = fold(given);
    if (op === "eq") return value === other;
    if (typeof value === "string" && typeof other === "string") return compareTexts(op, value, other);
    return typeof value === "number" && typeof other === "number" && ordered(op, value, other);
  };
}

function compareTexts(op: string, value: string, other: string): boolean {
  if (op === "co") return value.includes(other);
  if (op === "sw") return value.startsWith(other);
  if (op === "ew") return value.endsWith(other);
  return ordered(op, value, other);
}

function ordered<T extends string | number>(op: string, value: T, other: T): boolean {
  if (op === "gt") return value > other;
  if (op === "ge") return value >= other;
  if (op === "lt") return value < other;
  return op === "le" && value <= other;
}

/** Of several values of one kind (`emails`) the plain ones. */
function simple(value: unknown): unknown {
  return isObject(value) ? member(value, "value") : value;
}

function valuesAt(resource: unknown, path: string): unknown[] {
  const urn = /^(urn:[^ ]+:2\.0:\w+)(?::(.+))?$/i.exec(path);
  const core = urn && /:core:2\.0:(?:User|Group)$/i.test(urn[1] ?? "");
  const steps = urn ? [...(core ? [] : [urn[1] ?? ""]), ...(urn[2]?.split(".") ?? [])] : path.split(".");
  let found: unknown[] = [resource];
  for (const step of steps)
    found = found.flatMap((value) => member(value, step) ?? []).filter((value) => value !== null);
  return found;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Names of attributes are the same in any case. */
function member(holder: unknown, name: string): unknown {
  if (!isObject(holder)) return undefined;
  const wanted = name.toLowerCase();
  return Object.entries(holder).find(([key]) => key.toLowerCase() === wanted)?.[1];
}
