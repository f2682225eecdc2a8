import type { Matcher } from "../matchers";
import { literalValues } from "./literal-values";

/**
 * Which of many siblings can match at all: `byLabel` holds their positions under one value that they ask for,
 * `rest` those that ask for no value by name. Positions rise.
 */
export interface RouteIndex {
  readonly byLabel: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
  readonly rest: readonly number[];
}

interface Requirement {
  name: string;
  values: readonly string[];
}

/** Puts each list of matchers under its rarest requirement: the alert must bear one of `values`. */
export function indexMatchers(siblings: readonly (readonly Matcher[])[]): RouteIndex {
  const requirements = siblings.map((matchers) => matchers.flatMap(requirementOf));
  const frequency = new Map<string, number>();
  for (const { name, values } of requirements.flat()) {
    for (const value of values) {
      const key = `${name}\0${value}`;
      frequency.set(key, (frequency.get(key) ?? 0) + 1);
    }
  }
  const weight = ({ name, values }: Requirement) =>
    values.reduce((sum, value) => sum + (frequency.get(`${name}\0${value}`) ?? 0), 0);
  const byLabel = new Map<string, Map<string, number[]>>();
  const rest: number[] = [];
  requirements.forEach((asked, position) => {
    const [first, ...others] = asked;
    if (!first) {
      rest.push(position);
      return;
    }
    const { name, values } = others.reduce((best, other) => (weight(other) < weight(best) ? other : best), first);
    const ofName = byLabel.get(name) ?? new Map<string, number[]>();
    byLabel.set(name, ofName);
    for (const value of values) {
      const positions = ofName.get(value);
      if (positions) positions.push(position);
      else ofName.set(value, [position]);
    }
  });
  return { byLabel, rest };
}

/** None for a matcher that an absent label satisfies: alerts do not tell which labels they lack. */
function requirementOf({ name, op, value }: Matcher): Requirement[] {
  if (op === "=" && value !== "") return [{ name, values: [value] }];
  const values = op === "=~" ? literalValues(value) : null;
  return values ? [{ name, values }] : [];
}

/**
 * Calls `visit` with the positions whose requirement the labels meet, in rising order, until it answers true.
 * The cost follows the labels and the positions visited, not the number of siblings.
 */
export function visitCandidates(
  { byLabel, rest }: RouteIndex,
  labels: ReadonlyMap<string, string>,
  visit: (position: number) => boolean,
): void {
  const lists = rest.length > 0 ? [rest] : [];
  if (byLabel.size > 0) {
    for (const [name, value] of labels) {
      const positions = byLabel.get(name)?.get(value);
      if (positions) lists.push(positions);
    }
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
