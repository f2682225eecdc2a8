import type { ConfigDocument, Json, Path } from "@/lib/alertmanager";

/**
 * One step from a document to the next. Steps of one difference touch different places, so their order is free. Values are
 * JSON text: PostgreSQL's jsonb forgets the order of keys, which shows in the YAML.
 */
export type Edit =
  | { at: Path; set: string }
  | { at: Path; unset: true }
  | { at: Path; items: { from: number; remove: number; insert: string } }
  | { at: Path; text: { from: number; remove: number; insert: string } };

type JsonObject = { [key: string]: Json };

/** What events and columns can hold: no `undefined`, no prototypes. */
export function plain(document: ConfigDocument): ConfigDocument {
  return JSON.parse(JSON.stringify(document)) as ConfigDocument;
}

export function documentEdits(before: ConfigDocument, after: ConfigDocument): Edit[] {
  return difference(plain(before) as unknown as Json, plain(after) as unknown as Json, []);
}

export function applyEdits(document: ConfigDocument, edits: readonly Edit[]): ConfigDocument {
  return edits.reduce(
    (value, edit) => applyAt(value, edit, 0),
    document as unknown as Json,
  ) as unknown as ConfigDocument;
}

export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

function difference(before: Json, after: Json, at: Path): Edit[] {
  if (same(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key): Edit[] => {
      const path = [...at, key];
      if (!Object.hasOwn(after, key)) return [{ at: path, unset: true }];
      if (!Object.hasOwn(before, key)) return [{ at: path, set: JSON.stringify(after[key]) }];
      return difference(before[key]!, after[key]!, path);
    });
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return sameItems(before, after)
      ? before.flatMap((item, index) => difference(item, after[index]!, [...at, index]))
      : [{ at, items: itemsBetween(before, after) }];
  }
  if (typeof before === "string" && typeof after === "string" && at.length === 1) {
    const { from, remove } = between(before, after, Object.is);
    return [{ at, text: { from, remove, insert: after.slice(from, after.length - (before.length - from - remove)) } }];
  }
  return [{ at, set: JSON.stringify(after) }];
}

function itemsBetween(before: Json[], after: Json[]) {
  const { from, remove } = between(before, after, same);
  const insert = JSON.stringify(after.slice(from, after.length - (before.length - from - remove)));
  return { from, remove, insert };
}

/** Whether the items stand for the same things, one by one; items without id are known by their place. */
function sameItems(before: Json[], after: Json[]): boolean {
  return before.length === after.length && before.every((item, index) => idOf(item) === idOf(after[index]!));
}

function idOf(item: Json): Json | undefined {
  if (!isObject(item)) return typeof item;
  return item.id ?? item.name;
}

/** What lies between the common beginning and the common end; of a text, in UTF-16 units, as `slice` counts. */
function between<T>(before: ArrayLike<T>, after: ArrayLike<T>, equal: (a: T, b: T) => boolean) {
  const limit = Math.min(before.length, after.length);
  let from = 0;
  while (from < limit && equal(before[from]!, after[from]!)) from++;
  let tail = 0;
  while (tail < limit - from && equal(before[before.length - 1 - tail]!, after[after.length - 1 - tail]!)) tail++;
  return { from, remove: before.length - from - tail };
}

function applyAt(value: Json, edit: Edit, depth: number): Json {
  const key = edit.at[depth];
  if (key === undefined) return replaced(value, edit);
  const last = depth === edit.at.length - 1;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === key ? applyAt(item, edit, depth + 1) : item));
  }
  const object = isObject(value) ? value : {};
  if (last && "unset" in edit) return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
  const next = applyAt(object[key] ?? null, edit, depth + 1);
  // Own data even for a key called __proto__.
  return Object.fromEntries([...Object.entries(object), [String(key), next]]);
}

function replaced(value: Json, edit: Edit): Json {
  if ("set" in edit) return JSON.parse(edit.set) as Json;
  if ("unset" in edit) return null;
  if ("text" in edit) {
    const { from, remove, insert } = edit.text;
    const text = typeof value === "string" ? value : "";
    return text.slice(0, from) + insert + text.slice(from + remove);
  }
  const { from, remove, insert } = edit.items;
  const list = Array.isArray(value) ? value : [];
  return [...list.slice(0, from), ...(JSON.parse(insert) as Json[]), ...list.slice(from + remove)];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
