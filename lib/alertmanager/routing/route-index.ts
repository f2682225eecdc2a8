import type { Matcher } from "../matchers";
import { literalPrefix, literalValues } from "./literal-values";

/** Positions of siblings, rising, under the values that they ask of one label, or under how these values begin. */
interface LabelIndex {
  readonly name: string;
  readonly byValue: Map<string, number[]>;
  readonly byPrefix: Map<string, number[]>;
  /** Of the prefixes, each once. */
  readonly lengths: number[];
}

/** Which of many siblings can match at all; `rest` are those that ask for nothing that could be looked up. */
export interface RouteIndex {
  readonly byLabel: readonly LabelIndex[];
  readonly rest: readonly number[];
}

/** The alert must bear one of the texts, or one that begins like that. */
interface Requirement {
  name: string;
  kind: "byValue" | "byPrefix";
  texts: readonly string[];
  /** Of each text, with label and kind. */
  keys: readonly string[];
}

/**
 * Puts each list of matchers under its rarest requirement. What a list requires is remembered by its identity: after an
 * edit most lists are those of before.
 */
export function indexMatchers(siblings: readonly (readonly Matcher[])[]): RouteIndex {
  const requirements = siblings.map(requirementsOf);
  const frequency = new Map<string, number>();
  for (const asked of requirements) {
    for (const { keys } of asked) for (const key of keys) frequency.set(key, (frequency.get(key) ?? 0) + 1);
  }
  const weight = ({ keys }: Requirement) => {
    let sum = 0;
    for (const key of keys) sum += frequency.get(key) ?? 0;
    return sum;
  };
  const byLabel = new Map<string, LabelIndex>();
  const rest: number[] = [];
  requirements.forEach((asked, position) => {
    const [first, ...others] = asked;
    if (!first) {
      rest.push(position);
      return;
    }
    let best = first;
    for (const other of others) if (weight(other) < weight(best)) best = other;
    const { name, kind, texts } = best;
    const index: LabelIndex = byLabel.get(name) ?? { name, byValue: new Map(), byPrefix: new Map(), lengths: [] };
    byLabel.set(name, index);
    for (const text of texts) {
      if (kind === "byPrefix" && !index.lengths.includes(text.length)) index.lengths.push(text.length);
      const positions = index[kind].get(text);
      if (positions) positions.push(position);
      else index[kind].set(text, [position]);
    }
  });
  return { byLabel: [...byLabel.values()], rest };
}

const remembered = new WeakMap<readonly Matcher[], readonly Requirement[]>();

function requirementsOf(matchers: readonly Matcher[]): readonly Requirement[] {
  let known = remembered.get(matchers);
  if (!known) {
    known = matchers.flatMap(requirementOf);
    remembered.set(matchers, known);
  }
  return known;
}

/** None for a matcher that an absent label satisfies: alerts do not tell which labels they lack. */
function requirementOf({ name, op, value }: Matcher): Requirement[] {
  const requirement = (kind: Requirement["kind"], texts: readonly string[]) => {
    return [{ name, kind, texts, keys: texts.map((text) => `${name}\0${kind}\0${text}`) }];
  };
  if (op === "=") return value === "" ? [] : requirement("byValue", [value]);
  if (op !== "=~") return [];
  const values = literalValues(value);
  if (values) return requirement("byValue", values);
  const prefix = literalPrefix(value);
  return prefix === "" ? [] : requirement("byPrefix", [prefix]);
}

/**
 * Calls `visit` with the positions whose requirement the labels meet, in rising order, until it answers true.
 * The cost follows the labels that siblings ask for and the positions visited, not the number of siblings.
 */
export function visitCandidates(
  index: RouteIndex,
  labels: ReadonlyMap<string, string>,
  visit: (position: number) => boolean,
): void {
  const lists = candidates(index, labels);
  if (lists.length === 0) return;
  if (lists.length === 1) {
    for (const position of lists[0]!) if (visit(position)) return;
    return;
  }
  const next = lists.map(() => 0);
  for (;;) {
    let least = -1;
    let from = -1;
    for (let list = 0; list < lists.length; list++) {
      const position = lists[list]![next[list]!];
      if (position !== undefined && (least < 0 || position < least)) [least, from] = [position, list];
    }
    if (from < 0) return;
    next[from]!++;
    if (visit(least)) return;
  }
}

/** No position is in two of the lists: each sibling stands under one label, and a label has one value. */
function candidates(
  { byLabel, rest }: RouteIndex,
  labels: ReadonlyMap<string, string>,
): readonly (readonly number[])[] {
  const lists = rest.length > 0 ? [rest] : [];
  if (byLabel.length > labels.size) byLabels(byLabel, labels, lists);
  else
    for (const index of byLabel) {
      const value = labels.get(index.name);
      if (value !== undefined) underValue(index, value, lists);
    }
  return lists;
}

const names = new WeakMap<readonly LabelIndex[], ReadonlyMap<string, LabelIndex>>();

/** Siblings may ask for more labels than an alert has. */
function byLabels(
  indexes: readonly LabelIndex[],
  labels: ReadonlyMap<string, string>,
  lists: (readonly number[])[],
): void {
  let byName = names.get(indexes);
  if (!byName) {
    byName = new Map(indexes.map((index) => [index.name, index]));
    names.set(indexes, byName);
  }
  for (const [name, value] of labels) {
    const index = byName.get(name);
    if (index) underValue(index, value, lists);
  }
}

function underValue({ byValue, byPrefix, lengths }: LabelIndex, value: string, lists: (readonly number[])[]): void {
  const exact = byValue.get(value);
  if (exact) lists.push(exact);
  for (const length of lengths) {
    const positions = length <= value.length ? byPrefix.get(value.slice(0, length)) : undefined;
    if (positions) lists.push(positions);
  }
}
