import type { Json, JsonObject, Path } from "../config/types";
import type { FieldType, StructDefinition } from "../fields";
import type { TargetProfile } from "../profiles";
import { goStruct, goType } from "./go-types";
import { resolvePlain } from "./scalars";
import {
  isMap,
  isMerge,
  isScalar,
  isSeq,
  keyOf,
  resolved,
  type Scalar,
  type Source,
  type SourceNode,
  type SourcePair,
} from "./source";

/** A thing that strict decoding refuses; `text` is one line of upstream's list, without its line number. */
export interface Refusal {
  code: "unknown_key" | "duplicate_key" | "wrong_type" | "yaml_syntax";
  path: Path;
  node: SourceNode;
  params: Record<string, string>;
  text: string;
}

/** yaml.v2 refuses a document when aliases make it many times larger than it is written. */
const MAX_NODES = 200_000;

class Decoder {
  readonly refusals: Refusal[] = [];
  #nodes = 0;
  readonly #limit: number;

  constructor(
    readonly source: Source,
    readonly profile?: TargetProfile,
  ) {
    // Without aliases there is less than one node per character.
    this.#limit = Math.max(MAX_NODES, source.text.length);
  }

  value(written: SourceNode | null, type: FieldType, path: Path): Json {
    if (++this.#nodes > this.#limit) throw new RangeError("excessive aliasing");
    const node = resolved(this.source, written);
    if (!node || isNull(node)) return null;
    switch (type.kind) {
      case "any":
        return this.any(node);
      case "struct":
        if (isMap(node)) return this.struct(node, type.struct, path);
        // A custom field of Jira may be any value, or a struct with a template.
        return type.struct.name === "JiraFieldConfig" ? this.any(node) : this.refuse(node, type, path);
      case "list":
        if (!isSeq(node)) return this.refuse(node, type, path);
        return node.items.map((item, index) => this.value(item as SourceNode, type.item, [...path, index]));
      case "map":
        return isMap(node) ? this.map(node, type.value, path) : this.refuse(node, type, path);
      default:
        return isScalar(node) ? this.scalar(node, type, path) : this.refuse(node, type, path);
    }
  }

  struct(node: SourceNode, struct: StructDefinition, path: Path): JsonObject {
    const fields = fieldsOf(struct);
    const object: JsonObject = {};
    for (const { key, pair, merged } of this.pairs(node, path, goStruct(struct, this.profile?.version))) {
      const type = fields.get(key);
      const told = this.refusals.length;
      if (!(merged && Object.hasOwn(object, key)))
        set(object, key, this.value(pair.value, type ?? ANY, [...path, key]));
      if (type && (!this.profile || this.profile.knows(struct, key))) continue;
      // Of what stands below an unknown key nothing is read.
      this.refusals.length = told;
      const text = `field ${key} not found in type ${goStruct(struct, this.profile?.version)}`;
      this.refusals.push({ code: "unknown_key", path: [...path, key], node: pair.key, params: { key }, text });
    }
    return object;
  }

  map(node: SourceNode, type: FieldType, path: Path): JsonObject {
    const object: JsonObject = {};
    for (const { key, pair, merged } of this.pairs(node, path, null)) {
      if (merged && Object.hasOwn(object, key)) continue;
      set(object, key, this.value(pair.value, type, [...path, key]));
    }
    return object;
  }

  /** What is written here first, what is merged in (`<<`) after it, so that the first one seen holds. */
  *pairs(
    node: SourceNode,
    path: Path,
    struct: string | null,
  ): Generator<{ key: string; pair: SourcePair; merged: boolean }> {
    if (!isMap(node)) return;
    const seen = new Set<string>();
    const merges: SourceNode[] = [];
    for (const pair of node.items as SourcePair[]) {
      const key = keyOf(pair);
      if (isMerge(pair)) {
        if (pair.value) merges.push(pair.value);
      } else if (key === null) {
        const text = "invalid map key";
        this.refusals.push({ code: "yaml_syntax", path, node: pair.key, params: { reason: text }, text });
      } else if (seen.has(key)) {
        const text = struct
          ? `field ${key} already set in type ${struct}`
          : `key ${JSON.stringify(key)} already set in map`;
        this.refusals.push({ code: "duplicate_key", path: [...path, key], node: pair.key, params: { key }, text });
      } else {
        seen.add(key);
        yield { key, pair, merged: false };
      }
    }
    for (const merge of merges) {
      const target = resolved(this.source, merge);
      for (const item of target && isSeq(target) ? (target.items as SourceNode[]) : [target]) {
        const map = resolved(this.source, item);
        if (map && isMap(map))
          for (const { key, pair } of this.pairs(map, path, null)) yield { key, pair, merged: true };
      }
    }
  }

  scalar(node: Scalar, type: FieldType, path: Path): Json {
    const text = String(node.value ?? "");
    const plain = isPlain(node) ? resolvePlain(text) : { tag: "!!str", value: text };
    switch (type.kind) {
      case "bool":
        if (plain.tag === "!!bool") return plain.value as boolean;
        break;
      case "int":
      case "uint":
      case "float":
        if (
          typeof plain.value === "number" &&
          (type.kind === "float" || Number.isFinite(plain.value)) &&
          (plain.value >= 0 || type.kind !== "uint")
        )
          return plain.value;
        if (typeof plain.value === "bigint") return text;
        break;
      case "goDuration":
        if (typeof plain.value === "number") return plain.value;
        if (path[2] === "pushover_configs" || isGoDuration(text)) return text;
        break;
      default:
        return text;
    }
    return this.refuse(node, type, path);
  }

  refuse(node: SourceNode, type: FieldType, path: Path): Json {
    const [tag, short] = describeNode(node);
    const key = String(path.findLast((step) => typeof step === "string") ?? "");
    const text = `cannot unmarshal ${tag}${short} into ${path[2] === "pushover_configs" && type.kind === "goDuration" ? "config.duration" : goType(type, this.profile?.version)}`;
    const params = { key, expected: expectation(type), actual: ACTUAL[tag] ?? "text" };
    this.refusals.push({ code: "wrong_type", path, node, params, text });
    // It is refused as a whole; what is odd inside it is not told too.
    const told = this.refusals.length;
    const value = this.any(node);
    this.refusals.length = told;
    return value;
  }

  any(written: SourceNode | null): Json {
    if (++this.#nodes > this.#limit) throw new RangeError("excessive aliasing");
    const node = resolved(this.source, written);
    if (!node) return null;
    if (isSeq(node)) return node.items.map((item) => this.any(item as SourceNode));
    if (isMap(node)) return this.map(node, ANY, []);
    if (!isScalar(node)) return null;
    const text = String(node.value ?? "");
    if (!isPlain(node)) return text;
    const { value } = resolvePlain(text);
    return typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value)) ? text : value;
  }
}

/** As `time.ParseDuration` reads it. */
function isGoDuration(text: string): boolean {
  return /^[-+]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.test(text);
}

const ANY: FieldType = { kind: "any" };
const ACTUAL: Record<string, string> = {
  "!!map": "a mapping",
  "!!seq": "a list",
  "!!bool": "a boolean",
  "!!int": "a number",
  "!!float": "a number",
};

const known = new WeakMap<StructDefinition, Map<string, FieldType>>();
function fieldsOf(struct: StructDefinition): Map<string, FieldType> {
  const found = known.get(struct);
  if (found) return found;
  const fields = new Map(struct.fields.map(({ key, type }) => [key, type]));
  known.set(struct, fields);
  return fields;
}

/** `object[key] = value` that a key `__proto__` cannot turn against us. */
function set(object: JsonObject, key: string, value: Json): void {
  if (key === "__proto__")
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

const NUMBER_TAG = /(?:!!|,2002:)(?:int|float|bool)$/;

/** Unquoted and without a tag: the text decides what it is. */
function isPlain(node: Scalar): boolean {
  return node.tag === undefined ? node.type === "PLAIN" : NUMBER_TAG.test(node.tag);
}

function isNull(node: SourceNode): boolean {
  return isScalar(node) && isPlain(node) && resolvePlain(String(node.value ?? "")).value === null;
}

function describeNode(node: SourceNode): [tag: string, short: string] {
  if (isMap(node)) return ["!!map", ""];
  if (isSeq(node)) return ["!!seq", ""];
  const text = isScalar(node) ? String(node.value ?? "") : "";
  const tag = isScalar(node) && isPlain(node) ? resolvePlain(text).tag : "!!str";
  const cut = new TextEncoder().encode(text).length > 10 ? `${text.slice(0, 7)}...` : text;
  return [tag, ` \`${cut}\``];
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

/** Decodes by the struct's description: a scalar in a text field keeps its source text, a wrong type is kept as it is. */
export function decodeSource(
  source: Source,
  struct: StructDefinition,
  profile?: TargetProfile,
): { object: JsonObject | null; refusals: Refusal[] } {
  const decoder = new Decoder(source, profile);
  const root = resolved(source, source.root);
  if (!root || isNull(root)) return { object: null, refusals: [] };
  const value = decoder.value(root, { kind: "struct", struct }, []);
  const object = value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  return { object, refusals: decoder.refusals };
}
