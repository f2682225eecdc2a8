// A registry that lacks the packages of other platforms makes npm leave them out of package-lock.json, and `npm ci` then
// fails there. This adds the entries; with --check it only says whether some are missing. Run it after each change of the lock.
import { readFileSync, writeFileSync } from "node:fs";

const FILE = "package-lock.json";
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

/** Where Node would look for a dependency of the package installed at `at`, nearest first. */
function places(at, name) {
  const found = [];
  for (let folder = at; ; folder = folder.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, "")) {
    found.push(`${folder ? `${folder}/` : ""}node_modules/${name}`);
    if (!folder) return found;
  }
}

/** The lock entry of a platform package, read from its name, or null when it names no platform. */
function entry(name, version, dev) {
  const words = name.split(/[-/]/);
  const os = words.map((word) => OS[word]).find(Boolean);
  if (!os) return null;
  const cpu = os === "wasm32" ? "wasm32" : words.find((word) => CPU.includes(word));
  return {
    version,
    optional: true,
    ...(dev ? { dev: true } : {}),
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(os === "wasm32" ? {} : { os: [os] }),
    ...(os === "linux" ? { libc: [name.includes("musl") ? "musl" : "glibc"] } : {}),
  };
}

function missingEntries(packages) {
  const missing = {};
  for (const [at, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (places(at, name).some((place) => packages[place] || missing[place])) continue;
      const made = entry(name, version, dev);
      if (made) missing[`node_modules/${name}`] = made;
    }
  }
  return missing;
}

const lock = JSON.parse(readFileSync(FILE, "utf8"));
const missing = missingEntries(lock.packages);
const names = Object.keys(missing);

if (process.argv.includes("--check")) {
  const addresses = Object.entries(lock.packages).filter(([, { resolved }]) => resolved);
  for (const name of names) process.stderr.write(`${FILE} lacks ${name}: run \`npm run fix-lock\`\n`);
  for (const [name] of addresses) process.stderr.write(`${FILE} records the address of ${name}: remove "resolved"\n`);
  process.exitCode = names.length + addresses.length > 0 ? 1 : 0;
} else {
  for (const found of Object.values(lock.packages)) delete found.resolved;
  const all = Object.entries({ ...lock.packages, ...missing });
  lock.packages = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`added ${names.length} entries\n`);
}
