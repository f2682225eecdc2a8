// Reads what vitest measured: how much of lib/ the tests of all projects together execute.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

export const LEAST_PERCENT = 95;

const percent = ({ covered, total }) => (100 * covered) / total;

/** Covered and all lines of each room of lib/, the least covered first, and their sum; null when nothing was measured. */
export function coverageByRoom(file, root) {
  if (!existsSync(file)) return null;
  const { total, ...files } = JSON.parse(readFileSync(file, "utf8"));
  const rooms = {};
  for (const [name, { lines }] of Object.entries(files)) {
    const [, room, ...rest] = path.relative(root, name).split(path.sep);
    const key = rest.length > 0 ? room : "(errors, env)";
    rooms[key] ??= { covered: 0, total: 0 };
    const sum = rooms[key];
    sum.covered += lines.covered;
    sum.total += lines.total;
  }
  const sorted = Object.entries(rooms).sort((a, b) => percent(a[1]) - percent(b[1]));
  return { rooms: sorted.map(([room, lines]) => ({ room, percent: percent(lines) })), percent: percent(total.lines) };
}
