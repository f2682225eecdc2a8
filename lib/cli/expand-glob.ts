import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { globPattern } from "@/lib/alertmanager/validation/template-files";
import { UsageError } from "./arguments";

const SPECIAL = /[*?[\\]/;

/**
 * The files that a pattern names, sorted as Go's `filepath.Glob` gives them to Alertmanager: a name without special
 * characters is itself, if it is there; a hidden file is like any other.
 */
export function expandGlob(pattern: string): string[] {
  if (!SPECIAL.test(pattern)) return existsSync(pattern) ? [pattern] : [];
  const folder = path.dirname(pattern);
  const name = globPattern(path.basename(pattern));
  if (!name) throw new UsageError(`syntax error in pattern: ${pattern}`);
  return expandGlob(folder).flatMap((found) =>
    namesIn(found)
      .filter((entry) => name.test(entry))
      .map((entry) => (folder === "." && !pattern.startsWith("./") ? entry : path.join(found, entry))),
  );
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
  } catch {
    // Go leaves out what is no folder, and what may not be read.
    return [];
  }
}
