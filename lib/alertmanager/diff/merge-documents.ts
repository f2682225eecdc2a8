import { isObject } from "../config/is-object";
import type { Config, ConfigDocument, Json, JsonObject, Path, TemplateFile } from "../config/types";
import { equalJson } from "../rendering/equal";
import { pairById } from "./pair-by-id";

/** A place where both sides wrote something different; `undefined` is "not there". */
export interface Conflict {
  /** Within the merged `config`, or `["templates", name]` with `template` set for a template file. */
  path: Path;
  label: string;
  base?: Json;
  mine?: Json;
  theirs?: Json;
  template?: true;
}

/** Brings two edits of one document together, thing by thing and field by field. Where both changed the same, mine stays. */
export function mergeDocuments(
  base: ConfigDocument,
  mine: ConfigDocument,
  theirs: ConfigDocument,
): { document: ConfigDocument; conflicts: Conflict[] } {
  const conflicts: Conflict[] = [];
  const [b, m, t] = [base.config, mine.config, theirs.config].map((config) => config as unknown as Json) as [
    Json,
    Json,
    Json,
  ];
  const config = merge(b, m, t, [], conflicts) as unknown as Config;
  const templates = mergeTemplates(base.templates, mine.templates, theirs.templates, conflicts);
  const source = mine.source === base.source ? theirs.source : mine.source;
  // Later places first: whoever takes the other side one by one must not shift what comes after.
  return { document: { config, templates, source }, conflicts: conflicts.reverse() };
}

type Side = Json | undefined;

function merge(base: Side, mine: Side, theirs: Side, path: Path, conflicts: Conflict[]): Side {
  if (equalJson(base, theirs) || equalJson(mine, theirs)) return mine;
  if (equalJson(base, mine)) return theirs;
  if (isObject(mine) && isObject(theirs))
    return mergeObjects(isObject(base) ? base : {}, mine, theirs, path, conflicts);
  if (Array.isArray(mine) && Array.isArray(theirs))
    return mergeLists(Array.isArray(base) ? base : [], mine, theirs, path, conflicts);
  conflicts.push(conflict(path, base, mine, theirs));
  return mine;
}

function conflict(path: Path, base: Side, mine: Side, theirs: Side): Conflict {
  const label = path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : text ? `${text}.${step}` : step),
    "",
  );
  return {
    path,
    label,
    ...(base === undefined ? {} : { base }),
    ...(mine === undefined ? {} : { mine }),
    ...(theirs === undefined ? {} : { theirs }),
  };
}

function mergeObjects(
  base: JsonObject,
  mine: JsonObject,
  theirs: JsonObject,
  path: Path,
  conflicts: Conflict[],
): JsonObject {
  const merged: JsonObject = {};
  for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
    const value = merge(base[key], mine[key], theirs[key], [...path, key], conflicts);
    if (value !== undefined) merged[key] = value;
  }
  return merged;
}

interface Entry {
  base?: Json;
  mine?: Json;
  theirs?: Json;
}

function mergeLists(base: Json[], mine: Json[], theirs: Json[], path: Path, conflicts: Conflict[]): Json[] {
  const entries = base.map((item): Entry => ({ base: item }));
  const mineEntries = place(base, mine, entries, "mine");
  const theirEntries = place(base, theirs, entries, "theirs");
  joinSameAdditions(mineEntries, theirEntries);
  const result: Json[] = [];
  const lost: Entry[] = [];
  for (const entry of inOrder(base, entries, mineEntries, theirEntries)) {
    const at = [...path, result.length];
    const { base: was, mine: my, theirs: their } = entry;
    if (my === undefined) {
      if (their === undefined || equalJson(was, their)) continue;
      if (was === undefined) result.push(their);
      else lost.push(entry);
    } else if (their === undefined && was !== undefined) {
      if (equalJson(was, my)) continue;
      conflicts.push(conflict(at, was, my, undefined));
      result.push(my);
    } else result.push(was === undefined && their === undefined ? my : (merge(was, my, their, at, conflicts) as Json));
  }
  // Removed here, changed there: taking theirs puts it back at the end.
  lost.forEach((entry, index) => {
    conflicts.push(conflict([...path, result.length + index], entry.base, undefined, entry.theirs));
  });
  return result;
}

function place(base: Json[], list: Json[], entries: Entry[], side: "mine" | "theirs"): Entry[] {
  const match = pairById(base, list);
  return list.map((item, index) => {
    const known = entries[match[index] ?? -1];
    const entry = known ?? {};
    entry[side] = item;
    return entry;
  });
}

/** The same thing added on both sides is one thing. */
function joinSameAdditions(mine: Entry[], theirs: Entry[]): void {
  const same = (a: Json | undefined, b: Json | undefined) =>
    equalJson(a, b) ||
    (isObject(a) &&
      isObject(b) &&
      ((a.id !== undefined && a.id === b.id) || (a.name !== undefined && a.name === b.name)));
  theirs.forEach((entry, index) => {
    if (entry.base !== undefined || entry.mine !== undefined) return;
    const twin = mine.find(
      (other) => other.base === undefined && other.theirs === undefined && same(other.mine, entry.theirs),
    );
    if (!twin) return;
    twin.theirs = entry.theirs as Json;
    theirs[index] = twin;
  });
}

/** My order, or theirs when only they changed it; what only the other side has comes after what it stood behind. */
function inOrder(base: Json[], entries: Entry[], mine: Entry[], theirs: Entry[]): Entry[] {
  const kept = (list: Entry[]) => list.filter((entry) => entry.base !== undefined);
  const unmoved = (list: Entry[]) => {
    const before = entries.slice(0, base.length).filter((entry) => list.includes(entry));
    return kept(list).every((entry, index) => entry === before[index]);
  };
  const [lead, follow] = unmoved(mine) && !unmoved(theirs) ? [theirs, mine] : [mine, theirs];
  const order = [...lead];
  const present = new Set(order);
  follow.forEach((entry, index) => {
    if (present.has(entry)) return;
    const behind = index > 0 ? order.indexOf(follow[index - 1]!) : -1;
    order.splice(behind + 1, 0, entry);
    present.add(entry);
  });
  return order;
}

function mergeTemplates(
  base: TemplateFile[],
  mine: TemplateFile[],
  theirs: TemplateFile[],
  conflicts: Conflict[],
): TemplateFile[] {
  if (mine === theirs || equalFiles(base, theirs)) return mine;
  const content = (files: TemplateFile[]) => new Map(files.map((file) => [file.name, file.content]));
  const [was, my, their] = [content(base), content(mine), content(theirs)];
  const merged: TemplateFile[] = [];
  for (const name of new Set([...my.keys(), ...their.keys()])) {
    const found: Conflict[] = [];
    const value = merge(was.get(name), my.get(name), their.get(name), ["templates", name], found);
    conflicts.push(...found.map((one): Conflict => ({ ...one, label: name, template: true })));
    if (typeof value === "string") merged.push({ name, content: value });
  }
  return merged;
}

function equalFiles(a: TemplateFile[], b: TemplateFile[]): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every((file, index) => file.name === b[index]?.name && file.content === b[index]?.content))
  );
}
