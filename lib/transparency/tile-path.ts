import { AppError } from "@/lib/errors";

const PATH = /^(0|[1-9]|[1-5]\d|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;
const MOST_LEVEL = 7;

/** `<L>/<N>[.p/<W>]` of C2SP tlog-tiles; N in groups of three digits, all but the last with an x before them. */
export function parseTilePath(path: string): { level: number; tile: number; width: number } {
  const [, level, index = "", width] = PATH.exec(path) ?? [];
  const groups = index.split("/").map((group) => group.replace("x", ""));
  const tile = Number(groups.join(""));
  const wide = width === undefined ? 256 : Number(width);
  const shortest = groups.length === 1 || groups[0] !== "000";
  if (level === undefined || !shortest || !Number.isSafeInteger(tile) || (width !== undefined && wide > 255)) {
    throw new AppError("not_found", "This is no path of a tile.");
  }
  if (Number(level) > MOST_LEVEL) throw new AppError("not_found", "The tree has no such tile.");
  return { level: Number(level), tile, width: wide };
}
