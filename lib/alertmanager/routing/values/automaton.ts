import type { Pattern } from "./pattern-syntax";

/**
 * A deterministic automaton over code points: a set of texts. State 0 is where it begins, and every state has a next
 * one for every character.
 */
export interface Automaton {
  /** The first code points of the classes of characters that it tells apart, rising from 0. */
  readonly starts: readonly number[];
  /** Of `state * starts.length + class`. */
  readonly next: readonly number[];
  readonly accepting: readonly boolean[];
}

/** Beyond that many steps from state to state nothing is told. */
const MOST_STEPS = 200_000;
const MOST_PLACES = 5_000;
const LAST = 0x10ffff;
/** No text holds half of a pair: these code points are a class of their own that nothing takes. */
const [HALVES, BEHIND_HALVES] = [0xd800, 0xe000];

/** A place in a pattern. `ranges` leads to `to` by a character; without it `to` are reached without one. */
interface Place {
  ranges: readonly number[] | null;
  at: "begin" | "end" | null;
  to: readonly number[];
}

class TooLarge extends Error {}

/** The texts that a pattern matches as a whole; `null` when the automaton would be too large. */
export function automatonOf(pattern: Pattern): Automaton | null {
  try {
    const places: Place[] = [];
    const first = layOut(pattern, addPlace(places, { ranges: null, at: null, to: [] }), places);
    return determined(places, first);
  } catch (error) {
    if (error instanceof TooLarge) return null;
    throw error;
  }
}

function addPlace(places: Place[], place: Place): number {
  if (places.length >= MOST_PLACES) throw new TooLarge();
  return places.push(place) - 1;
}

/** Where `pattern` begins when `then` stands behind it. */
function layOut(pattern: Pattern, then: number, places: Place[]): number {
  const place = (to: readonly number[], more: Partial<Place> = {}) =>
    addPlace(places, { ranges: null, at: null, to, ...more });
  switch (pattern.kind) {
    case "chars":
      return place([then], { ranges: pattern.ranges });
    case "begin":
    case "end":
      return place([then], { at: pattern.kind });
    case "sequence":
      return pattern.items.reduceRight((behind, item) => layOut(item, behind, places), then);
    case "either":
      return place(pattern.items.map((item) => layOut(item, then, places)));
    case "repeat": {
      const { item, least, most } = pattern;
      let behind = then;
      if (most === null) {
        const loop: number[] = [then];
        behind = place(loop);
        loop.push(layOut(item, behind, places));
      } else for (let time = least; time < most; time++) behind = place([then, layOut(item, behind, places)]);
      for (let time = 0; time < least; time++) behind = layOut(item, behind, places);
      return behind;
    }
  }
}

function determined(places: readonly Place[], first: number): Automaton {
  const starts = startsOf(places.flatMap(({ ranges }) => ranges ?? []).map((code, at) => code + (at % 2)));
  const key = (set: ReadonlySet<number>, begins: boolean) => `${begins ? "^" : ""}${[...set].sort().join()}`;
  const begin = reached(places, [first], "begin");
  const sets = [begin];
  const known = new Map([[key(begin, true), 0]]);
  const next: number[] = [];
  const accepting: boolean[] = [];
  for (let state = 0; state < sets.length; state++) {
    const set = sets[state]!;
    accepting.push(reached(places, [...set], state === 0 ? "both" : "end").has(0));
    if (next.length > MOST_STEPS) throw new TooLarge();
    for (const start of starts) {
      const entered: number[] = [];
      for (const place of set) {
        const { ranges, to } = places[place]!;
        if (ranges && start !== HALVES && holds(ranges, start)) entered.push(...to);
      }
      const after = reached(places, entered, "within");
      const name = key(after, false);
      let found = known.get(name);
      if (found === undefined) {
        found = sets.push(after) - 1;
        known.set(name, found);
      }
      next.push(found);
    }
  }
  return { starts, next, accepting };
}

/** The places that are reached without a character, the given ones among them. */
function reached(places: readonly Place[], from: readonly number[], where: "begin" | "within" | "end" | "both") {
  const found = new Set(from);
  for (const place of found) {
    const { ranges, at, to } = places[place]!;
    if (ranges || (at && where !== "both" && at !== where)) continue;
    for (const behind of to) found.add(behind);
  }
  return found;
}

function holds(ranges: readonly number[], code: number): boolean {
  for (let at = 0; at < ranges.length; at += 2) if (ranges[at]! <= code && code <= ranges[at + 1]!) return true;
  return false;
}

function startsOf(codes: Iterable<number>): number[] {
  const starts = new Set([0, HALVES, BEHIND_HALVES, ...codes]);
  starts.delete(LAST + 1);
  return [...starts].sort((left, right) => left - right);
}

/** The automaton of a few texts. */
export function automatonOfTexts(texts: Iterable<string>): Automaton | null {
  const items = [...texts].map((text): Pattern => {
    const chars = [...text].map(
      (char): Pattern => ({ kind: "chars", ranges: [char.codePointAt(0)!, char.codePointAt(0)!] }),
    );
    return { kind: "sequence", items: chars };
  });
  return automatonOf({ kind: "either", items });
}

export function complementOf({ starts, next, accepting }: Automaton): Automaton {
  return { starts, next, accepting: accepting.map((accepts) => !accepts) };
}

/** The texts of both; `null` when it would be too large. */
export function intersection(left: Automaton, right: Automaton): Automaton | null {
  const starts = startsOf([...left.starts, ...right.starts]);
  const classes = [left, right].map((one) => starts.map((start) => classOf(one, start))) as [number[], number[]];
  const pairs: [number, number][] = [[0, 0]];
  const known = new Map([[0, 0]]);
  const next: number[] = [];
  const accepting: boolean[] = [];
  for (let state = 0; state < pairs.length; state++) {
    if (next.length > MOST_STEPS) return null;
    const [one, other] = pairs[state]!;
    accepting.push(left.accepting[one]! && right.accepting[other]!);
    for (let at = 0; at < starts.length; at++) {
      const oneNext = left.next[one * left.starts.length + classes[0][at]!]!;
      const otherNext = right.next[other * right.starts.length + classes[1][at]!]!;
      const key = oneNext * right.accepting.length + otherNext;
      let found = known.get(key);
      if (found === undefined) {
        found = pairs.push([oneNext, otherNext]) - 1;
        known.set(key, found);
      }
      next.push(found);
    }
  }
  return { starts, next, accepting };
}

function classOf({ starts }: Automaton, code: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= code) low = middle;
    else high = middle - 1;
  }
  return low;
}

export function accepts(automaton: Automaton, text: string): boolean {
  let state = 0;
  for (const char of text)
    state = automaton.next[state * automaton.starts.length + classOf(automaton, char.codePointAt(0)!)]!;
  return automaton.accepting[state]!;
}

/** Up to `most` texts that it accepts, shortest first, none twice; none when it accepts none. */
export function samplesOf(automaton: Automaton, most = 1): string[] {
  const { starts, next, accepting } = automaton;
  const characters = starts.map((start, at) => characterIn(start, (starts[at + 1] ?? LAST + 1) - 1));
  // Those that people cannot read come last.
  const order = [...starts.keys()].sort(
    (left, right) => rank(characters[left] ?? null) - rank(characters[right] ?? null),
  );
  const fruitful = leadingToAcceptance(automaton);
  const found: string[] = [];
  // As many ways into one state as samples are wanted: more would bring nothing new.
  const visits = new Map<number, number>();
  let row = fruitful[0] ? [{ state: 0, text: "" }] : [];
  while (row.length > 0 && found.length < most) {
    const following: typeof row = [];
    for (const { state, text } of row) {
      if (accepting[state] && found.push(text) === most) return found;
      for (const at of order) {
        const character = characters[at] ?? null;
        const to = next[state * starts.length + at]!;
        const count = visits.get(to) ?? 0;
        if (character === null || !fruitful[to] || count >= most) continue;
        visits.set(to, count + 1);
        following.push({ state: to, text: text + character });
      }
    }
    row = following;
  }
  return found;
}

function leadingToAcceptance({ starts, next, accepting }: Automaton): boolean[] {
  const before: number[][] = accepting.map(() => []);
  next.forEach((to, step) => {
    if (starts[step % starts.length] !== HALVES) before[to]!.push(Math.floor(step / starts.length));
  });
  const fruitful = [...accepting];
  const open = accepting.flatMap((accepts, state) => (accepts ? [state] : []));
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const from of before[state]!) {
      if (fruitful[from]) continue;
      fruitful[from] = true;
      open.push(from);
    }
  }
  return fruitful;
}

function rank(character: string | null): number {
  return character !== null && character < " " ? 1 : 0;
}

/** One that people can read, if there is one. */
function characterIn(first: number, last: number): string | null {
  if (first === HALVES) return null;
  for (const nice of ["x", "a", "A", "0", "-", "b", "B", "1", " "]) {
    const code = nice.codePointAt(0)!;
    if (first <= code && code <= last) return nice;
  }
  for (const [from, to] of [
    [97, 122],
    [65, 90],
    [48, 57],
    [33, 126],
    [0xa1, LAST],
  ] as const) {
    const code = Math.max(first, from);
    if (code <= Math.min(last, to)) return String.fromCodePoint(code);
  }
  return String.fromCodePoint(first);
}
