import type { Path } from "@/lib/alertmanager";

/** Element id of the field that stands at `path`; the list of problems and deep links jump to it. */
export function pathId(path: Path): string {
  return ["f", ...path].join("-").replace(/[^\w-]/g, "_");
}
