import path from "node:path";

/** What looks like a secret and is none: the file, the rule, and why it is there. */
export const KNOWN = [
  ["app/readyz/route.integration.test.ts", "PostgreSQLConnection", "an address that nothing listens at"],
  ["lib/cli/preview.test.ts", "IncomingWebhook", "Slack's own example of a webhook"],
  ["lib/database/connection.test.ts", "PostgreSQLConnection", "addresses of a stand-in for PostgreSQL"],
  ["lib/testing/bench/keys.ts", "IncomingWebhook", "Slack's own example of a webhook"],
  ["lib/test-sends/liveness.integration.test.ts", "SLACK_TOKEN", "the token of a stand-in for Slack"],
];

/** One line for each finding of secretlint that is not known; the secret itself is not repeated. */
export function secretProblems(results, root, known = KNOWN) {
  return results.flatMap(({ filePath, messages }) => {
    const file = path.relative(root, filePath);
    const strange = messages.filter(({ messageId }) => !known.some(([at, id]) => at === file && id === messageId));
    return strange.map(({ messageId, ruleId, loc }) => `${file}:${loc?.start?.line ?? "?"} ${messageId} (${ruleId})`);
  });
}

/** What people run, not what it is made with: `[folder, entry]` of the lockfile. */
export function productionPackages(lockfile) {
  return Object.entries(lockfile.packages).filter(
    ([folder, entry]) => folder !== "" && !entry.dev && !entry.devOptional && !entry.link,
  );
}

const PERMISSIVE = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Unlicense",
  "Zlib",
]);

/** Packages that are let through by name, and why. */
const EXCEPTIONS = [
  [/^@img\/sharp/, "LGPL: libvips as a shared library of its own, which Next loads for pictures and we have none"],
  [/^caniuse-lite$/, "CC-BY-4.0: data, used while building"],
  [/^geist$/, "SIL Open Font License: a font"],
  [/^@(?:next\/swc|swc\/core)-/, "the programs of MIT and Apache-2.0 packages for one platform, which name no licence"],
];

const nameOf = (folder) => folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);

function isPermissive(licence) {
  const names = (licence ?? "").replace(/^\((.*)\)$/, "$1");
  if (names.includes(" OR ")) return names.split(" OR ").some((name) => PERMISSIVE.has(name));
  return names.split(" AND ").every((name) => PERMISSIVE.has(name));
}

/** `licenceOf(folder)`: what the installed package says; where it is for another platform, the lockfile says it. */
export function licenceProblems(packages, licenceOf) {
  return packages.flatMap(([folder, entry]) => {
    const name = nameOf(folder);
    const licence = licenceOf(folder) ?? entry.license;
    const fine = isPermissive(licence) || EXCEPTIONS.some(([pattern]) => pattern.test(name));
    return fine ? [] : [`${name} ${entry.version}: licence ${licence ?? "unknown"}`];
  });
}

/** Reads what `npm audit --json` printed. `silent`: why the registry did not answer; nothing is claimed then. */
export function advisories(text) {
  let report;
  try {
    report = JSON.parse(text);
  } catch {
    return { found: [], silent: "npm audit printed no JSON" };
  }
  if (!report.vulnerabilities) return { found: [], silent: report.message ?? report.error?.summary ?? "no report" };
  const grave = Object.values(report.vulnerabilities).filter(({ severity }) => ["high", "critical"].includes(severity));
  return { found: grave.map(({ name, severity, range }) => `${name} ${range}: ${severity}`), silent: null };
}

const wanted = (packages) => packages.map(([folder, { version }]) => `${nameOf(folder)}@${version}`);
const listedAs = ({ group, name, version }) => `${group ? `${group}/` : ""}${name}@${version}`;

/** A CycloneDX document cut down to these packages, with what they depend on among themselves. */
export function productionSbom(document, packages) {
  const names = new Set(wanted(packages));
  const components = document.components.filter((component) => names.has(listedAs(component)));
  const references = new Set([document.metadata.component["bom-ref"], ...components.map((one) => one["bom-ref"])]);
  const dependencies = document.dependencies
    .filter(({ ref }) => references.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => references.has(other)) }));
  return { ...document, components, dependencies };
}

/** Packages of the lockfile that a CycloneDX document does not list in that version. */
export function missingFromSbom(document, packages) {
  const listed = new Set(document.components.map(listedAs));
  return wanted(packages)
    .filter((one) => !listed.has(one))
    .map((one) => `missing: ${one}`);
}
