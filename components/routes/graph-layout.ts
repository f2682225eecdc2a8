import { inherited, type RouteRow } from "./route-edits";

const COLUMN = 360;
const LINE = 64;
/** More are neither readable nor quick to draw. */
export const MOST_IN_GRAPH = 300;

export type GraphNode = { id: string; x: number; y: number } & (
  | { kind: "route"; row: RouteRow }
  | { kind: "receiver"; receiver: string }
);
export type GraphEdge = {
  id: string;
  source: string;
  target: string;
  /** Matchers of the route that it leads to. */
  label: string;
  /** To a receiver that the route does not name itself. */
  inherited: boolean;
};
export type Graph = { nodes: readonly GraphNode[]; edges: readonly GraphEdge[]; shown: number };

export function matchersText({ matchers = [], match = {}, match_re = {} }: RouteRow["route"]): string {
  const old = [
    ...Object.entries(match).map(([name, value]) => `${name}="${value}"`),
    ...Object.entries(match_re).map(([name, value]) => `${name}=~"${value}"`),
  ];
  return [...old, ...matchers].join(", ");
}

/**
 * Routes from left to right by depth and from top to bottom as they are tried, and the receivers at the right. Of a large
 * tree only the first levels, or the selected route with its parents and what is below it.
 */
export function graphOf(rows: readonly RouteRow[], selected: string, most = MOST_IN_GRAPH): Graph {
  const shown = rows.length <= most ? rows : partOf(rows, selected, most);
  const ids = new Set(shown.map(({ route }) => route.id));
  const nodes: GraphNode[] = [];
  const edges: GraphEdge[] = [];
  const heights = new Map<string, number[]>();
  const path: RouteRow[] = [];
  let line = 0;
  let previous = -1;
  for (const row of shown) {
    const { id } = row.route;
    path.length = row.depth;
    // The first route of a branch stands on the line of its parent.
    if (row.depth <= previous) line += 1;
    previous = row.depth;
    const y = line * LINE;
    nodes.push({ id, kind: "route", row, x: row.depth * COLUMN, y });
    const parent = path[row.depth - 1];
    if (parent && ids.has(parent.route.id)) {
      const label = matchersText(row.route);
      edges.push({ id: `${parent.route.id}>${id}`, source: parent.route.id, target: id, label, inherited: false });
    }
    path.push(row);
    const receiver = inherited(row, "receiver");
    if (typeof receiver.value !== "string") continue;
    const target = receiverId(receiver.value);
    heights.set(receiver.value, [...(heights.get(receiver.value) ?? []), y]);
    edges.push({ id: `${id}>${target}`, source: id, target, label: "", inherited: !receiver.own });
  }
  const depth = shown.reduce((most, row) => Math.max(most, row.depth), 0);
  return { nodes: [...nodes, ...receiversAt(heights, (depth + 1) * COLUMN)], edges, shown: shown.length };
}

function receiverId(name: string): string {
  return `receiver:${name}`;
}

/** Each near the middle of the routes that send to it, and none over another. */
function receiversAt(heights: ReadonlyMap<string, readonly number[]>, x: number): GraphNode[] {
  const middle = (all: readonly number[]) => all.reduce((sum, y) => sum + y, 0) / all.length;
  let free = Number.NEGATIVE_INFINITY;
  return [...heights]
    .map(([receiver, all]) => ({ receiver, wanted: middle(all) }))
    .sort((left, right) => left.wanted - right.wanted)
    .map(({ receiver, wanted }) => {
      const y = Math.max(wanted, free);
      free = y + LINE;
      return { id: receiverId(receiver), kind: "receiver", receiver, x, y };
    });
}

function partOf(rows: readonly RouteRow[], selected: string, most: number): readonly RouteRow[] {
  const at = rows.findIndex(({ route }) => route.id === selected);
  const chosen = rows[at];
  if (!chosen || chosen.depth === 0) return firstLevels(rows, most);
  const above: RouteRow[] = [];
  for (let index = at - 1, { depth } = chosen; index >= 0 && depth > 0; index--) {
    const row = rows[index];
    if (row && row.depth < depth) {
      above.unshift(row);
      depth = row.depth;
    }
  }
  const end = rows.findIndex((row, index) => index > at && row.depth <= chosen.depth);
  return [...above, ...firstLevels(rows.slice(at, end < 0 ? rows.length : end), most - above.length)];
}

/** Whole levels as far as there is room, and of the next one the first routes. */
function firstLevels(rows: readonly RouteRow[], most: number): readonly RouteRow[] {
  const kept = new Set(rows.toSorted((left, right) => left.depth - right.depth).slice(0, most));
  return rows.filter((row) => kept.has(row));
}
