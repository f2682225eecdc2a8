import type { Config, Route, TargetProfile } from "@/lib/alertmanager";
import { type MatcherText, readMatchers } from "../fields/matcher-text";
import type { RouteRow } from "./route-edits";

/** Fewer routes are no table. */
const FEWEST = 2;

export const TABLE_KEYS = ["receiver", "group_wait", "group_interval", "repeat_interval"] as const;
export type TableKey = (typeof TABLE_KEYS)[number];

export type TableRow = { row: RouteRow; value: string };
/** Routes beside each other that differ in the value of one label. */
export type RouteTable = {
  key: string;
  parent: RouteRow;
  label: string;
  /** The matchers that all of them have besides. */
  others: readonly string[];
  rows: readonly TableRow[];
};

type Candidate = { row: RouteRow; label: string; value: string; others: readonly string[] };

/** The tables of a tree, the longest first; a route is in one of them at most. */
export function tablesOf(rows: readonly RouteRow[], profile: TargetProfile): RouteTable[] {
  const groups = new Map<string, Candidate[]>();
  const parents: RouteRow[] = [];
  for (const row of rows) {
    parents.length = row.depth;
    const parent = parents.at(-1);
    for (const candidate of parent ? candidatesOf(row, profile) : []) {
      const key = JSON.stringify([parent?.route.id, candidate.label, candidate.others]);
      const group = groups.get(key);
      if (group) group.push(candidate);
      else groups.set(key, [candidate]);
    }
    parents.push(row);
  }
  const byId = new Map(rows.map((row) => [row.route.id, row]));
  const taken = new Set<RouteRow>();
  const found: RouteTable[] = [];
  for (const [key, group] of [...groups].sort(([, left], [, right]) => right.length - left.length)) {
    const free = group.filter(({ row }) => !taken.has(row));
    const [first] = free;
    const parent = byId.get(JSON.parse(key)[0]);
    if (!first || !parent || free.length < FEWEST) continue;
    for (const { row } of free) taken.add(row);
    const { label, others } = first;
    found.push({ key, parent, label, others, rows: free.map(({ row, value }) => ({ row, value })) });
  }
  return found.sort((left, right) => right.rows.length - left.rows.length);
}

/** Each label with one value of which the route could be told apart from its siblings. */
function candidatesOf(row: RouteRow, profile: TargetProfile): Candidate[] {
  const { routes = [], match, match_re } = row.route;
  if (routes.length > 0 || match || match_re) return [];
  const matchers = matchersOf(row.route, profile);
  if (!matchers) return [];
  return matchers.flatMap((matcher) => {
    if (matcher.operator !== "=") return [];
    const others = matchers.filter((one) => one !== matcher).map(({ text }) => text);
    return [{ row, label: matcher.name, value: matcher.value, others: others.sort() }];
  });
}

function matchersOf(route: Route, profile: TargetProfile): readonly MatcherText[] | null {
  const read = (route.matchers ?? []).map((text) => readMatchers(text, profile));
  return read.every(({ problem }) => problem === null) ? read.flatMap(({ matchers }) => matchers) : null;
}

function equality(label: string, value: string): string {
  const quoted = value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
  const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(label) ? label : JSON.stringify(label);
  return `${name}="${quoted}"`;
}

/** The route with another value of the table's label; what else it says stays. */
export function withValue(route: Route, label: string, value: string, profile: TargetProfile): Route {
  const matchers = (route.matchers ?? []).flatMap((text) => {
    const read = readMatchers(text, profile).matchers;
    const differs = read.some(({ name, operator }) => name === label && operator === "=");
    if (!differs) return [text];
    return read.map((one) => (one.name === label && one.operator === "=" ? equality(label, value) : one.text));
  });
  return { ...route, matchers };
}

/** One line: what the label is, and of the other columns those that are set. */
export type TableLine = { value: string } & Partial<Record<TableKey, string>>;

export type Merge = { added: readonly TableLine[]; changed: readonly { id: string; line: TableLine }[] };

/** Cells from a spreadsheet, in the order of the columns; a line that repeats the label's name is a heading. */
export function readLines(text: string, label: string): TableLine[] {
  const lines = text.split(/\r?\n/).map((line) => line.split("\t").map((cell) => cell.trim()));
  return lines.flatMap(([value = "", ...cells], index) => {
    if (value === "" || (index === 0 && value === label)) return [];
    const line: TableLine = { value };
    TABLE_KEYS.forEach((key, column) => {
      const cell = cells[column];
      if (cell) line[key] = cell;
    });
    return [line];
  });
}

/** What lines do to a table: a value that is there already is edited where the line says something else. */
export function mergeOf({ rows }: RouteTable, lines: readonly TableLine[]): Merge {
  const known = new Map(rows.map(({ row, value }) => [value, row.route]));
  const wanted = new Map(lines.map((line) => [line.value, line]));
  const added: TableLine[] = [];
  const changed: { id: string; line: TableLine }[] = [];
  for (const line of wanted.values()) {
    const route = known.get(line.value);
    if (!route) added.push(line);
    else if (TABLE_KEYS.some((key) => line[key] !== undefined && line[key] !== route[key])) {
      changed.push({ id: route.id, line });
    }
  }
  return { added, changed };
}

/** Edits the routes of the table; new ones come behind its last one, with the matchers that all of them have. */
export function applyMerge(config: Config, table: RouteTable, merge: Merge, newId: () => string): Config {
  const changes = new Map(merge.changed.map(({ id, line }) => [id, line]));
  const last = table.rows.at(-1)?.row.route.id;
  const added = merge.added.map(({ value, ...said }): Route => {
    return { id: newId(), ...said, matchers: [equality(table.label, value), ...table.others] };
  });
  return inParent(config, table, (siblings) =>
    siblings.flatMap((route) => {
      const line = changes.get(route.id);
      const { value: _, ...said } = line ?? { value: "" };
      const edited = line ? { ...route, ...said } : route;
      return route.id === last ? [edited, ...added] : [edited];
    }),
  );
}

/** One cell: `null` is the column of the label, an empty text takes the key away. */
export function setCell(
  config: Config,
  table: RouteTable,
  id: string,
  key: TableKey | null,
  text: string,
  profile: TargetProfile,
): Config {
  return inParent(config, table, (siblings) =>
    siblings.map((route) => {
      if (route.id !== id) return route;
      if (key === null) return withValue(route, table.label, text, profile);
      if (text !== "") return { ...route, [key]: text };
      const { [key]: _, ...rest } = route;
      return rest;
    }),
  );
}

function inParent(config: Config, { parent }: RouteTable, change: (siblings: readonly Route[]) => Route[]): Config {
  const edit = (route: Route): Route => {
    if (route.id === parent.route.id) return { ...route, routes: change(route.routes ?? []) };
    if (!route.routes) return route;
    const routes = route.routes.map(edit);
    return routes.every((child, index) => child === route.routes?.[index]) ? route : { ...route, routes };
  };
  return config.route ? { ...config, route: edit(config.route) } : config;
}
