import { mkdtemp } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = path.join(import.meta.dirname, "../../..");

const CRASHING = fileURLToPath(new URL("./crash-child.ts", import.meta.url));

/** A child process as plain JavaScript, inside the project so that its packages are found. */
export async function bundleChild(entry = CRASHING): Promise<{ file: string; folder: string }> {
  const folder = await mkdtemp(path.join(ROOT, "node_modules/.signalbox-child-"));
  const file = path.join(folder, "crash-child.mjs");
  await build({
    entryPoints: [entry],
    outfile: file,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    packages: "external",
    // Next has no "exports": plain Node needs the extension.
    alias: { "server-only": path.join(ROOT, "lib/testing/server-only.ts"), "next/headers": "next/headers.js" },
    logLevel: "silent",
  });
  return { file, folder };
}
