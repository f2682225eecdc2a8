// Adds lock entries for optional platform packages that the registry used here does not carry, so `npm ci` works here and elsewhere.
import { readFileSync, writeFileSync } from "node:fs";

const f = process.argv[2] ?? "package-lock.json",
  lock = JSON.parse(readFileSync(f, "utf8")),
  P = lock.packages;
let n = 0;
const OS = {
  darwin: "darwin",
  win32: "win32",
  windows: "win32",
  linux: "linux",
  android: "android",
  freebsd: "freebsd",
  openharmony: "openharmony",
  wasm32: "wasm32",
  aix: "aix",
  sunos: "sunos",
  netbsd: "netbsd",
  openbsd: "openbsd",
};
const CPU = ["arm64", "x64", "ia32", "arm", "ppc64", "s390x", "riscv64", "loong64", "wasm32", "mips64el"];
for (const [at, p] of Object.entries(P))
  for (const [name, version] of Object.entries(p.optionalDependencies ?? {})) {
    const places = [];
    for (let d = at; ; d = d.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
      places.push((d ? d + "/" : "") + "node_modules/" + name);
      if (!d) break;
    }
    if (places.some((x) => P[x])) continue;
    const words = name.split(/[-/]/),
      os = words.map((w) => OS[w]).find(Boolean),
      cpu = words.map((w) => CPU.find((c) => w === c || (c === "arm" && w === "arm"))).find(Boolean);
    if (!os) {
      console.log("no os in name, skipped:", name);
      continue;
    }
    P["node_modules/" + name] = {
      version,
      optional: true,
      ...(p.dev ? { dev: true } : {}),
      ...(cpu ? { cpu: [cpu] } : {}),
      ...(os === "wasm32" ? { cpu: ["wasm32"] } : { os: [os] }),
      ...(os === "linux" ? { libc: [name.includes("musl") ? "musl" : "glibc"] } : {}),
    };
    n++;
  }
lock.packages = Object.fromEntries(Object.entries(P).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(f, JSON.stringify(lock, null, 2) + "\n");
console.log("added", n);
