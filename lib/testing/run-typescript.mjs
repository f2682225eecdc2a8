// Bundles a program of this project as the product itself is bundled, and runs it in this process.
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = path.join(import.meta.dirname, "../..");

/** `entry` is relative to the project; it does its work when it is loaded. */
export async function runTypescript(entry) {
  process.chdir(root);
  // Inside the project, so that its packages are found.
  const folder = mkdtempSync(path.join(root, "node_modules/.signalbox-run-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const outfile = path.join(folder, "program.mjs");
  await build({
    entryPoints: [path.join(root, entry)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    packages: "external",
    alias: { "server-only": path.join(root, "lib/testing/server-only.ts") },
    logLevel: "warning",
  });
  await import(pathToFileURL(outfile).href);
}
