import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** More names than any folder of a configuration holds; beyond it nobody meant to look. */
const MOST = 5_000;
const DEEPEST = 4;

/**
 * What lies beside a configuration, by relative path; contents are read when asked for. `undefined` when the folder
 * holds too much to be one of configurations: then files are not judged.
 */
export function filesBeside(folder: string, except: string): Record<string, string> | undefined {
  const files: Record<string, string> = {};
  let count = 0;
  const visit = (relative: string, depth: number): boolean => {
    for (const entry of readdirSync(path.join(folder, relative), { withFileTypes: true })) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      if (++count > MOST) return false;
      const name = relative === "" ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) {
        if (depth < DEEPEST && !visit(name, depth + 1)) return false;
      } else if (name !== except) {
        const get = () => readFileSync(path.join(folder, name), "utf8");
        Object.defineProperty(files, name, { enumerable: true, get });
      }
    }
    return true;
  };
  try {
    return visit("", 0) ? files : undefined;
  } catch {
    // A folder that cannot be read tells nothing of what it holds.
    return undefined;
  }
}
