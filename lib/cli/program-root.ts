import { existsSync } from "node:fs";
import path from "node:path";

/** The folder that holds package.json, node_modules, prisma/migrations and the built app. */
export function programRoot(): string {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, "prisma/migrations"))) return folder;
    if (folder === path.dirname(folder)) throw new Error("This program is not complete: prisma/migrations is missing.");
  }
}
