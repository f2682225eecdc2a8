// node lib/testing/scan.mjs secrets | dependencies | sbom. Exit code 0: nothing found; 1: what was found is printed; 3: found nothing,
// but something could not be asked, which is printed by name.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  advisories,
  licenceProblems,
  missingFromSbom,
  productionPackages,
  productionSbom,
  secretProblems,
} from "./scanned.mjs";

const root = path.join(import.meta.dirname, "../..");
const say = (lines) => process.stdout.write(lines.map((line) => `${line}\n`).join(""));
const lockfile = () => JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"));

function output(command, args) {
  const { stdout, stderr, error } = spawnSync(command, args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (error) throw error;
  return { stdout, stderr };
}

function secrets() {
  const settings = { secretlintrc: path.join(import.meta.dirname, "secretlint.json"), secretlintignore: ".gitignore" };
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const { stdout, stderr } = output("secretlint", [...options, "--format", "json", "--no-color", "**/*"]);
  if (!stdout.startsWith("[")) throw new Error(`secretlint did not answer: ${stderr}`);
  const files = JSON.parse(stdout);
  if (files.length === 0) throw new Error("secretlint looked at no file");
  const found = secretProblems(files, root);
  say([...found, `secrets: ${files.length} files, ${found.length} found`]);
  return found.length > 0 ? 1 : 0;
}

function licenceOf(folder) {
  try {
    const { license } = JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8"));
    return typeof license === "object" ? license?.type : license;
  } catch {
    return undefined;
  }
}

function dependencies() {
  const packages = productionPackages(lockfile());
  const licences = licenceProblems(packages, licenceOf);
  say([...licences, `licences: ${packages.length} packages, ${licences.length} refused`]);
  const { stdout } = output("npm", [
    "audit",
    "--omit=dev",
    "--audit-level=high",
    "--json",
    "--fetch-retries=0",
    "--fetch-timeout=10000",
  ]);
  const asked = advisories(stdout);
  if (asked.silent) say([`advisories: the registry could not be asked (${asked.silent})`]);
  else say([...asked.found, `advisories: ${asked.found.length} high or critical`]);
  if (licences.length > 0 || asked.found.length > 0) return 1;
  return asked.silent ? 3 : 0;
}

// npm's own --omit=dev leaves out what development needs too, so all of it is asked for and the rest cut off here.
function sbom() {
  const { stdout, stderr } = output("npm", ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only"]);
  if (!stdout.startsWith("{")) throw new Error(`npm sbom did not answer: ${stderr}`);
  const packages = productionPackages(lockfile());
  const document = productionSbom(JSON.parse(stdout), packages);
  const missing = missingFromSbom(document, packages);
  writeFileSync(path.join(root, "sbom.cdx.json"), `${JSON.stringify(document, null, 2)}\n`);
  say([...missing, `sbom.cdx.json: ${document.components.length} components, ${missing.length} missing`]);
  return missing.length > 0 ? 1 : 0;
}

const scans = { secrets, dependencies, sbom };
const scan = scans[process.argv[2] ?? ""];
if (!scan) throw new Error(`say which: ${Object.keys(scans).join(", ")}`);
process.exitCode = scan();
