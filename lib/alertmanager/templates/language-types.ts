import { fromBytes } from "../go/bytes";
import { ZERO_TIME } from "../go/time";
import { ANY, type GoFunction, type GoType, REFLECT_VALUE, STRING } from "../go/value";
import { PROFILE_IDS, profileFor, type TargetProfile } from "../profiles";
import { builtinFunctions } from "./builtins";
import { alertmanagerFunctions } from "./functions";
import { TEMPLATE_KEYWORDS } from "./language-tokens";
import { Budget, DEFAULT_LIMITS } from "./limits";
import { modelOf } from "./model";

/** The types that a value may have; `null` when that cannot be told before it runs. */
export type Types = readonly GoType[] | null;

/** What a word of a template is: the same for completion and explanation. `owner` is the type of a field or method. */
export interface TemplateThing {
  kind: "field" | "method" | "entry" | "function" | "keyword" | "variable" | "template";
  name: string;
  owner?: string;
  /** A function's parameters and result, else a type. */
  signature: string;
  /** The version of Alertmanager that brought it; absent when it has always been there. */
  since?: string;
}

export function union(left: Types, right: Types): Types {
  if (!left || !right) return null;
  return [...left, ...right.filter((type) => !left.includes(type))];
}

/** A type that says nothing about its value is none. */
export function typesOf(type: GoType | undefined): Types {
  return !type || type === REFLECT_VALUE || type.kind === "interface" ? null : [type];
}

/** What `range` hands out. */
export function elementsOf(types: Types): Types {
  if (!types) return null;
  return types.reduce<Types>((all, type) => union(all, type.kind === "int" ? [type] : typesOf(type.elem)), []);
}

/** A field, method or entry of one type. */
export function memberOf(type: GoType, name: string): { kind: "field" | "method" | "entry"; types: Types } | null {
  const method = type.methods && Object.hasOwn(type.methods, name) ? type.methods[name] : undefined;
  if (method) return { kind: "method", types: typesOf(method.results[0]) };
  if (type.kind === "struct") {
    const field = type.fields?.find((candidate) => candidate.name === name && candidate.exported);
    return field ? { kind: "field", types: typesOf(field.type) } : null;
  }
  return type.kind === "map" ? { kind: "entry", types: typesOf(type.elem) } : null;
}

/** The names behind a point that are known: not the entries of a map. */
export function membersOf(type: GoType): { kind: "field" | "method"; name: string }[] {
  const fields = type.kind === "struct" ? (type.fields ?? []).filter(({ exported }) => exported) : [];
  const callable = Object.values(type.methods ?? {}).filter(({ results }) => results.length < 3);
  return [
    ...fields.map(({ name }) => ({ kind: "field" as const, name })),
    ...callable.map(({ name }) => ({ kind: "method" as const, name })),
  ];
}

/** A type as people read it: `KV`, `[]Alert`, `string`. */
export function typeName(type: GoType): string {
  if (type === REFLECT_VALUE || type === ANY) return "any";
  return type.name.replaceAll("interface {}", "any").replaceAll("reflect.Value", "any").replaceAll("template.", "");
}

export function typesName(types: Types): string {
  return types === null || types.length === 0 ? "any" : [...new Set(types.map(typeName))].join(" | ");
}

export function signatureOf({ params, variadic, results }: GoFunction): string {
  const last = params.length - 1;
  const shown = params.map((type, index) =>
    variadic && index === last ? `...${typeName(type.elem ?? ANY)}` : typeName(type),
  );
  return `(${shown.join(", ")}) ${typeName(results[0] ?? STRING)}`;
}

const functions = new WeakMap<TargetProfile, ReadonlyMap<string, GoFunction>>();

/** Go's functions and Alertmanager's, as the profile knows them. */
export function functionsOf(profile: TargetProfile): ReadonlyMap<string, GoFunction> {
  let known = functions.get(profile);
  if (!known) {
    const context = { budget: new Budget(DEFAULT_LIMITS), now: ZERO_TIME, routeLabel: () => "" };
    const all = [
      ...builtinFunctions({ typesInErrors: true, namesCallee: true, textLimit: () => 0 }),
      ...alertmanagerFunctions(profile, context),
    ];
    known = new Map(all.map((candidate) => [fromBytes(candidate.name), candidate]));
    functions.set(profile, known);
  }
  return known;
}

/** The first version that has what `has` looks for; undefined when it is as old as the oldest, null when none has it. */
function firstWith(has: (profile: TargetProfile) => boolean): string | undefined | null {
  const id = PROFILE_IDS.find((candidate) => has(profileFor(candidate)));
  return id === undefined ? null : id === PROFILE_IDS[0] ? undefined : profileFor(id).version;
}

/** The version that brought a function; null for a name that is none. */
export function functionSince(name: string): string | undefined | null {
  return firstWith((profile) => functionsOf(profile).has(name));
}

/** The version that brought a field or method of a type. */
export function memberSince(owner: string, name: string): string | undefined | null {
  return firstWith((profile) => {
    const type = modelTypes(profile).find((candidate) => typeName(candidate) === owner);
    return type !== undefined && membersOf(type).some((member) => member.name === name);
  });
}

/** The types that notification data is made of. */
export function modelTypes(profile: TargetProfile): GoType[] {
  const { data, alert, alerts, kv } = modelOf(profile);
  const pairs = kv.methods?.SortedPairs?.results[0];
  const names = kv.methods?.Names?.results[0];
  const time = alert.fields?.find(({ name }) => name === "StartsAt")?.type;
  const duration = time?.methods?.Sub?.results[0];
  return [data, alert, alerts, kv, pairs, pairs?.elem, names?.named ? names : undefined, time, duration].filter(
    (type) => type !== undefined,
  );
}

const withSince = (since: string | undefined | null) => (since ? { since } : {});

export function functionThing(name: string, profile: TargetProfile): TemplateThing | null {
  const found = functionsOf(profile).get(name);
  return found ? { kind: "function", name, signature: signatureOf(found), ...withSince(functionSince(name)) } : null;
}

export function memberThing(type: GoType, name: string): TemplateThing | null {
  const member = memberOf(type, name);
  if (!member) return null;
  const method = member.kind === "method" ? type.methods?.[name] : undefined;
  const signature = method ? signatureOf(method) : typesName(member.types);
  const owner = typeName(type);
  const since = member.kind === "entry" ? null : memberSince(owner, name);
  return { kind: member.kind, name, owner, signature, ...withSince(since) };
}

export function keywordThings(): TemplateThing[] {
  return TEMPLATE_KEYWORDS.map((name) => ({ kind: "keyword", name, signature: "" }));
}
