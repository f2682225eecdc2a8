import { isObject } from "../config/is-object";
import type { Json, JsonObject } from "../config/types";
import { alignLists } from "../rendering/align";

/** For each item of `after` the index it had in `before`, or -1: by id, then by name, then by what is most alike. */
export function pairById(before: readonly Json[], after: readonly Json[]): number[] {
  const byId = new Map<string, number>();
  before.forEach((item, index) => {
    if (isObject(item) && typeof item.id === "string") byId.set(item.id, index);
  });
  const match = after.map((item) => (isObject(item) && typeof item.id === "string" ? (byId.get(item.id) ?? -1) : -1));
  const taken = new Set(match);
  const free = before.map((_, index) => index).filter((index) => !taken.has(index));
  const open = after.map((_, index) => index).filter((index) => match[index] === -1);
  if (free.length === 0 || open.length === 0) return match;
  const rest = alignLists(
    free.map((index) => plain(before[index]!)),
    open.map((index) => plain(after[index]!)),
  );
  rest.forEach((from, to) => {
    if (from !== -1) match[open[to]!] = free[from]!;
  });
  return match;
}

function plain(item: Json): Json {
  if (!isObject(item)) return item;
  const { id: _, ...rest } = item;
  return rest as JsonObject;
}

/** Positions in `match` (indices before) that did move: all but a longest run that kept its order. */
export function movedItems(match: readonly number[]): Set<number> {
  const best: { length: number; previous: number }[] = [];
  let last = -1;
  match.forEach((from, index) => {
    best[index] = { length: 0, previous: -1 };
    if (from === -1) return;
    best[index] = { length: 1, previous: -1 };
    for (let earlier = 0; earlier < index; earlier++) {
      if (match[earlier] === -1 || match[earlier]! > from) continue;
      if (best[earlier]!.length + 1 > best[index]!.length)
        best[index] = { length: best[earlier]!.length + 1, previous: earlier };
    }
    if (last === -1 || best[index]!.length > best[last]!.length) last = index;
  });
  const moved = new Set<number>();
  const kept = new Set<number>();
  for (let index = last; index !== -1 && index !== undefined; index = best[index]!.previous) kept.add(index);
  match.forEach((from, index) => {
    if (from !== -1 && !kept.has(index)) moved.add(index);
  });
  return moved;
}
