import type { Config, Path } from "@/lib/alertmanager";
import { pathId } from "../fields/path-id";

/** The page of a tenant on which what stands at `path` is edited, and the element to go to. */
export function placeOf(path: Path, config: Config): { page: string; id: string } {
  return { page: pageOf(path, config), id: pathId(path) };
}

function pageOf([section, index]: Path, config: Config): string {
  switch (section) {
    case "receivers": {
      const receiver = typeof index === "number" ? config.receivers?.[index] : undefined;
      return receiver ? `receivers/${receiver.id}` : "receivers";
    }
    case "route":
      return "routes";
    case "inhibit_rules":
      return "inhibit-rules";
    case "time_intervals":
    case "mute_time_intervals":
      return "time-intervals";
    case "expectations":
      return `tester?expectation=${encodeURIComponent(String(index))}`;
    case "templates":
      return "templates";
    default:
      return "global";
  }
}
