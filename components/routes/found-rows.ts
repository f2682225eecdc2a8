import type { RouteRow } from "./route-edits";

/** Rows that fit with the routes on the way to them, which are `around`: without them nobody sees where a hit stands. */
export function foundRows(
  rows: readonly RouteRow[],
  fits: (row: RouteRow) => boolean,
): { rows: readonly RouteRow[]; around: ReadonlySet<string>; hits: number } {
  const path: { row: RouteRow; shown: boolean }[] = [];
  const found: RouteRow[] = [];
  const around = new Set<string>();
  let hits = 0;
  for (const row of rows) {
    path.length = row.depth;
    const fit = fits(row);
    if (fit) {
      hits += 1;
      for (const above of path) {
        if (above.shown) continue;
        above.shown = true;
        around.add(above.row.route.id);
        found.push(above.row);
      }
      found.push(row);
    }
    path.push({ row, shown: fit });
  }
  return { rows: found, around, hits };
}
