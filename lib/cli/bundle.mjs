// Bundles the `signalbox` command to dist/, and completes Next's standalone folder, which leaves out what a CDN might serve.
import { chmodSync, cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const root = path.join(import.meta.dirname, "../..");
// A test bundles into a folder of its own.
const target = path.resolve(process.argv[2] ?? root);
const { dependencies } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));

// Small and pure: bundled, because one file is read faster than hundreds. The rest stays in node_modules.
const BUNDLED = ["yaml", "zod", "re2js", "@noble/hashes", "server-only"];
const external = Object.keys(dependencies).filter((name) => !BUNDLED.includes(name));

rmSync(path.join(target, "dist"), { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: { signalbox: "lib/cli/main.ts", "web-preload": "lib/cli/web-preload.ts" },
  outdir: path.join(target, "dist"),
  outExtension: { ".js": ".mjs" },
  chunkNames: "chunk-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node24",
  sourcemap: "linked",
  logLevel: "warning",
  conditions: ["react-server"],
  external: external.flatMap((name) => [name, `${name}/*`]),
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  plugins: [
    {
      // `next` has no exports map, so Node wants the file's extension where a bundler does not.
      name: "next-extension",
      setup: ({ onResolve }) =>
        onResolve({ filter: /^next\/[\w/-]+$/ }, (args) => ({ path: `${args.path}.js`, external: true })),
    },
  ],
});
chmodSync(path.join(target, "dist/signalbox.mjs"), 0o755);

const standalone = path.join(root, ".next/standalone");
if (target === root && existsSync(standalone)) {
  cpSync(path.join(root, ".next/static"), path.join(standalone, ".next/static"), { recursive: true });
  if (existsSync(path.join(root, "public"))) {
    cpSync(path.join(root, "public"), path.join(standalone, "public"), { recursive: true });
  }
}
