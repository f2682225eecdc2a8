import type { Json } from "../config/types";
import { equalJson } from "./equal";

/** So many candidates are compared before a thing is taken for a new one: lists may have thousands. */
const NEAREST = 100;

/**
 * For each item of `after` the index of the item of `before` that it was, or -1: first by equality in order, then by
 * `name`, then by kinship (same keys or same receiver) and place among what is left.
 */
export function alignLists(before: readonly Json[], after: readonly Json[]): number[] {
  const match = new Array<number>(after.length).fill(-1);
  if (before.length === 0) return match;
  const taken = new Array<boolean>(before.length).fill(false);
  const take = (to: number, from: number) => {
    match[to] = from;
    taken[from] = true;
  };
  matchEqual(before, after, match, taken, take);
  const byName = new Map<string, number>();
  before.forEach((item, index) => {
    const name = nameOf(item);
    if (!taken[index] && name !== null && !byName.has(name)) byName.set(name, index);
  });
  after.forEach((item, to) => {
    const name = nameOf(item);
    const from = name === null ? undefined : byName.get(name);
    if (match[to] !== -1 || from === undefined || taken[from]) return;
    take(to, from);
  });
  const free = before.map((_, index) => index).filter((index) => !taken[index]);
  const open = after.map((_, index) => index).filter((index) => match[index] === -1);
  // The same place between the same neighbours: an edit in place.
  for (const to of open) {
    const from = (to === 0 ? -1 : (match[to - 1] ?? -1)) + 1;
    if ((to === 0 || match[to - 1] !== -1) && from < before.length && !taken[from] && akin(before[from], after[to]))
      take(to, from);
  }
  let first = 0;
  for (const to of open) {
    if (match[to] !== -1) continue;
    while (first < free.length && taken[free[first]!]) first++;
    const from = free.slice(first, first + NEAREST).find((index) => !taken[index] && akin(before[index], after[to]));
    if (from !== undefined) take(to, from);
  }
  return match;
}

function matchEqual(
  before: readonly Json[],
  after: readonly Json[],
  match: number[],
  taken: boolean[],
  take: (to: number, from: number) => void,
): void {
  let start = 0;
  while (start < before.length && start < after.length && equalJson(before[start], after[start])) take(start, start++);
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    equalJson(before[before.length - 1 - end], after[after.length - 1 - end])
  ) {
    take(after.length - 1 - end, before.length - 1 - end);
    end++;
  }
  const byText = new Map<string, number[]>();
  for (let index = start; index < before.length - end; index++) {
    const text = fingerprint(before[index]);
    const same = byText.get(text);
    if (same) same.push(index);
    else byText.set(text, [index]);
  }
  for (let index = start; index < after.length - end; index++) {
    if (match[index] !== -1) continue;
    const from = byText.get(fingerprint(after[index]))?.find((candidate) => !taken[candidate]);
    if (from !== undefined) take(index, from);
  }
}

function fingerprint(value: Json | undefined): string {
  return JSON.stringify(value, (_, item: Json) =>
    item !== null && typeof item === "object" && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

function nameOf(item: Json | undefined): string | null {
  if (item === null || typeof item !== "object" || Array.isArray(item)) return null;
  return typeof item.name === "string" ? item.name : null;
}

/** Alike enough to be the same thing, changed: not two with different names that only stand in the same place. */
function akin(a: Json | undefined, b: Json | undefined): boolean {
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return typeof a === typeof b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a)) return true;
  const left = Object.keys(a);
  const right = new Set(Object.keys(b));
  const shared = left.filter((key) => right.has(key)).length;
  return shared * 2 >= Math.max(left.length, right.size);
}
