import type { Json, JsonObject, Path } from "../config/types";
import type { FieldType, StructDefinition } from "../fields";
import { checkGoDuration } from "../go/duration";
import { goQuote } from "../go/quote";
import type { TargetProfile } from "../profiles";
import { AliasBudget } from "./alias-budget";
import { goKey, goSyntax } from "./go-syntax";
import { goStruct, goType, isPlainStruct } from "./go-types";
import { isMerge, type MapNode, markOf, resolved, type ScalarNode, type SourceNode, type SourcePair } from "./nodes";
import { isNull, type ResolvedScalar, resolvePlain, resolveTagged } from "./scalars";
import type { Source } from "./source";
import { fieldsOf } from "./struct-fields";
import { isNumberFor, refusalOf, shown } from "./wrong-type";

/** A thing that strict decoding refuses; `text` is one line of upstream's list, without its line number. */
export interface Refusal {
  code: "unknown_key" | "duplicate_key" | "wrong_type" | "yaml_syntax";
  path: Path;
  node: SourceNode;
  /** Offset of what upstream names the line of. */
  mark: number;
  params: Record<string, string>;
  text: string;
  /** Upstream stops here with `text` alone instead of listing it. */
  stops?: true;
}

/** More than any value that people write, and little enough for whatever walks it afterwards. */
const MAX_DEPTH = 1000;

/** Nobody reads more of them; a hostile text may hold a million. */
const MOST_REFUSALS = 10_000;

/** Decoding cannot go on: `text` is what the whole is refused with. */
export class Undecodable extends Error {
  constructor(
    message: string,
    /** 0: upstream refuses it too; -1: the limit is ours. */
    readonly line: 0 | -1 = 0,
  ) {
    super(message);
  }
}

class Decoder {
  refusals: Refusal[] = [];
  readonly #path: (string | number)[];
  #budget = new AliasBudget();
  readonly #inside = new Set<SourceNode>();
  readonly #spare = new AliasBudget();
  #unread = 0;
  #depth = 0;

  constructor(
    readonly profile?: TargetProfile,
    path: Path = [],
  ) {
    this.#path = [...path];
  }

  value(written: SourceNode, type: FieldType, before?: Json): Json {
    if (!this.#budget.spend(type.kind)) {
      if (this.#unread > 0) return null;
      throw new Undecodable("document contains excessive aliasing");
    }
    if (written.kind !== "alias") return this.#decode(written, type, before);
    if (this.#inside.has(written)) {
      this.#stop(written, `anchor '${written.name}' value contains itself`);
      return null;
    }
    this.#inside.add(written);
    this.#budget.aliases++;
    const value = this.#decode(written.target, type, before);
    this.#budget.aliases--;
    this.#inside.delete(written);
    return value;
  }

  #decode(node: Exclude<SourceNode, { kind: "alias" }>, type: FieldType, before: Json | undefined): Json {
    if (node.kind === "scalar") return this.#scalar(node, type);
    if (++this.#depth > MAX_DEPTH) {
      if (this.#unread > 0) {
        this.#depth--;
        return null;
      }
      throw new Undecodable(`values are nested deeper than ${MAX_DEPTH}`, -1);
    }
    const value = node.kind === "map" ? this.#mapping(node, type, before) : this.#sequence(node, type);
    this.#depth--;
    return value;
  }

  #sequence(node: Extract<SourceNode, { kind: "seq" }>, type: FieldType): Json {
    if (type.kind !== "list" && type.kind !== "any") return this.#refuse(node, "!!seq", type);
    const item = type.kind === "list" ? type.item : type;
    const items: Json[] = [];
    for (let index = 0; index < node.items.length; index++) {
      this.#path.push(index);
      items.push(this.value(node.items[index] as SourceNode, item));
      this.#path.pop();
    }
    return items;
  }

  #mapping(node: MapNode, type: FieldType, before: Json | undefined): Json {
    switch (type.kind) {
      case "struct":
        return this.#struct(node, type.struct, isPlainStruct(type.struct) ? objectOf(before) : {}, false);
      case "map":
        return this.#map(node, type.value, objectOf(before), null);
      case "any":
        return this.#map(node, type, {}, new Set());
      default:
        return this.#refuse(node, "!!map", type);
    }
  }

  /** `merged`: something was merged into the object already. */
  #struct(node: MapNode, struct: StructDefinition, object: JsonObject, merged: boolean): JsonObject {
    let mixed = merged;
    const fields = fieldsOf(struct, this.profile);
    const seen = new Set<string>();
    for (const pair of node.pairs) {
      if (isMerge(pair)) {
        this.#merge(pair.value, (target) => this.#struct(target, struct, object, true));
        mixed = true;
        continue;
      }
      const key = this.#key(pair);
      if (key === null) continue;
      const field = fields.get(key);
      this.#path.push(key);
      if (!field?.known) {
        const text = `field ${key} not found in type ${goStruct(struct, this.profile?.version)}`;
        this.#report("unknown_key", pair.key, markOf(pair.key), { key }, text);
        set(object, key, this.#ignored(pair.value, field?.type ?? ANY));
      } else if (seen.has(key)) {
        const text = `field ${key} already set in type ${goStruct(struct, this.profile?.version)}`;
        this.#report("duplicate_key", pair.key, markOf(pair.key), { key }, text);
      } else {
        seen.add(key);
        const before = mixed && Object.hasOwn(object, key) ? object[key] : undefined;
        set(object, key, this.value(pair.value, field.type, before));
      }
      this.#path.pop();
    }
    return object;
  }

  /** `typed`: the keys so far, as Go prints them, where they need not be text. */
  #map(node: MapNode, type: FieldType, object: JsonObject, typed: Set<string> | null): JsonObject {
    for (const pair of node.pairs) {
      if (isMerge(pair)) {
        this.#merge(pair.value, (target) => this.#map(target, type, object, typed));
        continue;
      }
      const key = typed ? this.#anyKey(pair) : this.#key(pair);
      if (key === null) continue;
      this.#path.push(key);
      const go = typed ? goKey(resolved(pair.key) as ScalarNode) : goQuote(key);
      if (typed ? typed.has(go) : Object.hasOwn(object, key)) {
        const text = `key ${go} already set in map`;
        this.#report("duplicate_key", pair.key, markOf(pair.value), { key }, text);
      } else {
        typed?.add(go);
        const value = this.value(pair.value, type);
        if (!typed || this.#isSent(pair)) set(object, key, value);
      }
      this.#path.pop();
    }
    return object;
  }

  #key({ key }: SourcePair): string | null {
    this.#budget.spend("string");
    const node = resolved(key);
    if (node.kind !== "scalar") {
      this.#refuse(key, node.kind === "map" ? "!!map" : "!!seq", STRING);
      return null;
    }
    const { value } = this.#resolve(node);
    return value === null ? "" : typeof value === "string" ? value : node.value;
  }

  #anyKey(pair: SourcePair): string | null {
    this.#budget.spend("any");
    const node = resolved(pair.key);
    if (node.kind === "scalar") return node.value;
    this.#stop(pair.key, `invalid map key: ${goSyntax(node)}`);
    return null;
  }

  /** `y: 1` has a boolean for a key: it is read, but what is no text never reaches a message. */
  #isSent({ key }: SourcePair): boolean {
    const node = resolved(key);
    return this.#unread > 0 || node.kind !== "scalar" || typeof this.#resolve(node).value === "string";
  }

  /** In the order of the text: what stands later overrides. Of a list the first holds. */
  #merge(written: SourceNode, into: (target: MapNode) => void): void {
    const maps = written.kind === "seq" ? [...written.items].reverse() : [written];
    for (const map of maps) {
      const target = resolved(map);
      if (target.kind !== "map") {
        this.#stop(map, "map merge requires map or sequence of maps as the value");
        return;
      }
      if (!this.#budget.spend("any")) {
        if (this.#unread > 0) return;
        throw new Undecodable("document contains excessive aliasing");
      }
      if (this.#inside.has(map)) {
        this.#stop(map, `anchor '${map.kind === "alias" ? map.name : ""}' value contains itself`);
        return;
      }
      const alias = map.kind === "alias";
      if (alias) this.#budget.aliases++;
      this.#inside.add(map);
      into(target);
      this.#inside.delete(map);
      if (alias) this.#budget.aliases--;
    }
  }

  #resolve(node: ScalarNode): ResolvedScalar {
    const tag = node.properties?.tag ?? null;
    if (tag === null) return node.style === "plain" ? resolvePlain(node.value) : { tag: "!!str", value: node.value };
    const found = resolveTagged(tag, node.value);
    if (typeof found !== "string") return found;
    this.#stop(node, found);
    return { tag: "!!str", value: node.value };
  }

  #scalar(node: ScalarNode, type: FieldType): Json {
    // The common case: what a number would be does not matter.
    if (!node.properties && TEXT.has(type.kind))
      return node.style === "plain" && isNull(node.value) ? null : node.value;
    const found = this.#resolve(node);
    const { tag, value } = found;
    if (value === null) return null;
    switch (type.kind) {
      case "bool":
        if (typeof value === "boolean") return value;
        break;
      case "int":
      case "uint":
      case "float":
        if (isNumberFor(type.kind, value))
          return typeof value === "number" && Number.isFinite(value) ? value : node.value;
        break;
      case "goDuration":
        if (typeof value === "number") return value;
        if (this.#path[2] === "pushover_configs" || checkGoDuration(node.value).ok) return node.value;
        break;
      case "any":
        return typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value)) ? node.value : value;
      case "struct":
        // A custom field of Jira may be any value, or a struct with a template.
        if (type.struct.name === "JiraFieldConfig") return this.#scalar(node, ANY);
        break;
      case "list":
      case "map":
        break;
      default:
        return tag === "!!binary" ? (value as string) : node.value;
    }
    return this.#refuse(node, tag, type);
  }

  #refuse(node: SourceNode, tag: string, type: FieldType): Json {
    if (type.kind === "struct" && type.struct.name === "JiraFieldConfig") return this.value(node, ANY);
    const target = resolved(node);
    const pushover = this.#path[2] === "pushover_configs" && type.kind === "goDuration";
    const go = pushover ? "config.duration" : goType(type, this.profile?.version);
    const text = `cannot unmarshal ${shown(target, tag)} into ${go}`;
    const key = String(this.#path.findLast((step) => typeof step === "string") ?? "");
    this.#report("wrong_type", node, markOf(target), refusalOf(type, tag, key), text);
    // It is refused as a whole and kept as it is.
    return this.#ignored(node, ANY);
  }

  /** Upstream does not look into it: nobody complains about it, and it costs nothing of what aliases may cost. */
  #ignored(node: SourceNode, type: FieldType): Json {
    const budget = this.#budget;
    this.#budget = this.#spare;
    this.#unread++;
    const value = this.value(node, type);
    this.#unread--;
    this.#budget = budget;
    return value;
  }

  #stop(node: SourceNode, text: string): void {
    this.#add({ code: "yaml_syntax", node, mark: markOf(node), params: { reason: text }, text, stops: true });
  }

  #report(code: Refusal["code"], node: SourceNode, mark: number, params: Refusal["params"], text: string): void {
    this.#add({ code, node, mark, params, text });
  }

  #add(refusal: Omit<Refusal, "path">): void {
    if (this.#unread > 0 || this.refusals.length >= MOST_REFUSALS) return;
    this.refusals.push({ ...refusal, path: [...this.#path] });
  }
}

const ANY: FieldType = { kind: "any" };
const STRING: FieldType = { kind: "string" };
const TEXT: ReadonlySet<string> = new Set<FieldType["kind"]>([
  "string",
  "duration",
  "url",
  "hostPort",
  "labelName",
  "regexp",
  "matcher",
  "timeIntervalName",
  "receiverName",
  "secret",
  "secretUrl",
  "secretTemplateUrl",
  "enum",
]);

function objectOf(value: Json | undefined): JsonObject {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}

/** `object[key] = value` that a key `__proto__` cannot turn against us. */
function set(object: JsonObject, key: string, value: Json): void {
  if (key === "__proto__")
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

/**
 * Decodes by the struct's description: a scalar in a text field keeps its source text, a wrong type is kept as it is.
 * @throws Undecodable when the document is too deep, or aliases make it many times larger than it is written.
 */
export function decodeSource(
  source: Source,
  struct: StructDefinition,
  profile?: TargetProfile,
): { object: JsonObject | null; refusals: Refusal[] } {
  if (!source.root) return { object: null, refusals: [] };
  const decoder = new Decoder(profile);
  const value = decoder.value(source.root, { kind: "struct", struct });
  const object = value !== null && typeof value === "object" && !Array.isArray(value) ? value : null;
  return { object, refusals: decoder.refusals };
}

/** What a text decodes to that is a part of a configuration: the value at `path`. Refusals are not told. */
export function decodeAt(source: Source, type: FieldType, path: Path): Json {
  return source.root ? new Decoder(undefined, path).value(source.root, type) : null;
}
