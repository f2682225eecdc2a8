// Runs all that CI runs, one after the other, whatever failed before. The last line counts every suite; what could not be run
// is named. Exit code 1 when something failed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { coverageByRoom, LEAST_PERCENT } from "./coverage.mjs";
import { readSecondTries } from "./second-tries.mjs";
import { readUnhandledErrors } from "./unhandled-errors.mjs";

const root = path.join(import.meta.dirname, "../..");
const results = path.join(root, "test-results");
const total = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const skips = [];
const secondTries = [];
const unasked = [];

const environment = {
  ...process.env,
  PATH: `${path.join(root, "node_modules/.bin")}${path.delimiter}${process.env.PATH}`,
  NEXT_TELEMETRY_DISABLED: "1",
  CI: process.env.CI ?? "1",
  PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(results, "e2e.json"),
};
// The suites start their own database and app; an operator's settings must not leak in.
for (const name of ["DATA_DIR", "PORT", "HOST", "PUBLIC_URL", "NEXTAUTH_URL", "NODE_ENV"]) delete environment[name];

function run(command, ...args) {
  process.stdout.write(`\n── ${[command, ...args].join(" ")}\n`);
  return spawnSync(command, args, { cwd: root, env: environment, stdio: "inherit" }).status === 0;
}

function check(name, ...command) {
  const ok = run(...command);
  total[ok ? "passed" : "failed"] += 1;
  if (!ok) failures.push(name);
  return ok;
}

/** Where the registry does not answer, nothing is claimed of advisories, and that is said at the end. */
function scanDependencies() {
  process.stdout.write("\n── dependencies\n");
  const { status } = spawnSync("node", ["lib/testing/scan.mjs", "dependencies"], {
    cwd: root,
    env: environment,
    stdio: "inherit",
  });
  const fine = status === 0 || status === 3;
  total[fine ? "passed" : "failed"] += 1;
  if (!fine) failures.push("licences and advisories of dependencies");
  if (status === 3) unasked.push("advisories about dependencies: the registry did not answer; licences were looked at");
}

/** What a log that was cut to its end still has to tell. */
function excerpt(messages) {
  const lines = stripVTControlCharacters(messages.find(Boolean) ?? "").split("\n");
  const told = lines.filter((line) => line.trim() !== "").slice(0, 14);
  return told.map((line) => `\n      ${line.slice(0, 240)}`).join("");
}

function report(file) {
  return existsSync(path.join(results, file)) ? JSON.parse(readFileSync(path.join(results, file), "utf8")) : null;
}

function vitest(...projects) {
  const file = "vitest.json";
  const output = [`--outputFile.json=${path.join(results, file)}`, "--reporter=default", "--reporter=json"];
  for (const name of ["unhandled-errors.mjs", "second-tries.mjs"])
    output.push(`--reporter=${path.join(root, "lib/testing", name)}`);
  const measured = path.join(results, "coverage");
  const coverage = ["--coverage", "--coverage.reporter=json-summary", `--coverage.reportsDirectory=${measured}`];
  const ok = run("vitest", "run", ...projects.flatMap((project) => ["--project", project]), ...coverage, ...output);
  const found = report(file);
  if (!found) {
    total.failed += 1;
    failures.push(`${projects.join(" and ")}: did not run`);
    return;
  }
  total.passed += found.numPassedTests;
  total.failed += found.numFailedTests;
  total.skipped += found.numPendingTests + found.numTodoTests;
  let named = 0;
  for (const suite of found.testResults) {
    const where = path.relative(root, suite.name);
    if (suite.status === "failed" && suite.assertionResults.every(({ status }) => status !== "failed")) {
      // The file itself could not be loaded or arranged; none of its tests tells.
      total.failed += 1;
      named += 1;
      failures.push(where);
    }
    for (const test of suite.assertionResults) {
      const name = `${where}: ${test.fullName}`;
      if (test.status === "failed") {
        named += 1;
        failures.push(name + excerpt(test.failureMessages));
      } else if (test.status !== "passed") skips.push(name);
    }
  }
  for (const { name, message } of readSecondTries(root)) secondTries.push(name + excerpt([message]));
  for (const error of readUnhandledErrors(root)) {
    total.failed += 1;
    named += 1;
    failures.push(`outside of every test: ${error}`);
  }
  if (!ok && named === 0) {
    total.failed += 1;
    failures.push(`${projects.join(" and ")}: ended with an error`);
  }
  judgeCoverage(path.join(measured, "coverage-summary.json"));
}

// Where tests are skipped (no Alertmanager, say), what they would have covered is no failure either.
function judgeCoverage(file) {
  const found = coverageByRoom(file, root);
  const lines = (found?.rooms ?? []).map(({ room, percent }) => `  ${percent.toFixed(1).padStart(5)} %  ${room}\n`);
  process.stdout.write(`\nLines of lib/ that tests execute:\n${lines.join("")}`);
  const result = found ? `${found.percent.toFixed(2)} % of the lines` : "not measured";
  if (found && found.percent >= LEAST_PERCENT) total.passed += 1;
  else if (found && skips.length > 0) {
    total.skipped += 1;
    skips.push(`coverage of lib/: ${result}, with tests skipped`);
  } else {
    total.failed += 1;
    failures.push(`coverage of lib/: ${result}, at least ${LEAST_PERCENT} % are wanted`);
  }
}

function journeys(suite, visit) {
  for (const inner of suite.suites ?? []) journeys(inner, visit);
  for (const spec of suite.specs ?? []) visit(spec);
}

function playwright(built) {
  const project = ["--project", "journeys"];
  const browser = browserHere();
  if (!browser || !built) {
    spawnSync("playwright", ["test", ...project, "--list", "--reporter=json"], { cwd: root, env: environment });
    let count = 0;
    journeys(report("e2e.json") ?? {}, () => {
      count += 1;
    });
    total.skipped += count;
    skips.push(`${count} journeys: ${built ? "no Chromium here (see ./install.sh)" : "the app could not be built"}`);
    return;
  }
  const ok = run("playwright", "test", ...project, "--reporter=list,json");
  const found = report("e2e.json");
  let named = 0;
  journeys(found ?? {}, ({ title, file, tests }) => {
    const status = tests.at(-1)?.status ?? "skipped";
    const name = `${file}: ${title}`;
    const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors ?? []));
    if (status === "expected") total.passed += 1;
    else if (status === "flaky") {
      total.passed += 1;
      secondTries.push(name + excerpt(errors.map(({ message }) => message)));
    } else if (status === "skipped") {
      total.skipped += 1;
      skips.push(name);
    } else {
      total.failed += 1;
      named += 1;
      failures.push(name + excerpt(errors.map(({ message }) => message)));
    }
  });
  if (!ok && named === 0) {
    total.failed += 1;
    failures.push(`e2e: ${found?.errors?.[0]?.message ?? "did not run"}`);
  }
}

function browserHere() {
  const script = `
    const { browserLaunch } = await import("./e2e/fixtures/browser.ts");
    const { chromium } = await import("@playwright/test");
    const { existsSync } = await import("node:fs");
    process.exit(existsSync(browserLaunch().executablePath ?? chromium.executablePath()) ? 0 : 1);`;
  const options = { cwd: root, env: environment, stdio: "ignore" };
  return spawnSync("node", ["--input-type=module", "-e", script], options).status === 0;
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

check("generated client", "prisma", "generate");
check("package-lock.json", "node", "prisma/fix-lock.mjs", "--check");
check("format and lint", "biome", "check", ".");
check("types", "tsc", "--noEmit");
check("dead code", "knip");
check("secrets", "node", "lib/testing/scan.mjs", "secrets");
scanDependencies();
vitest("unit*", "integration");
// The schema, its roles and its policies are the same there.
const onOneOfYourOwn = [
  "vitest",
  "run",
  "--project",
  "integration",
  "lib/database/database.integration",
  "lib/secrets",
];
check("external PostgreSQL", "node", "lib/testing/external.mjs", ...onOneOfYourOwn);
// Not through npm: the client is generated already, and a build that is thrown away would be made twice.
const built = check("build", "next", "build") && check("command", "node", "lib/cli/bundle.mjs");
playwright(built);

// There install.sh can have all but a token's client, whose build wants Node's headers, so a skip would hide that it did not.
const avoidable = skips.filter((name) => !name.includes("(missing: "));
if (avoidable.length > 0 && process.getuid?.() === 0 && existsSync("/etc/debian_version")) {
  total.failed += 1;
  failures.push("skips, as root on Debian");
}

const list = (title, names) => {
  if (names.length > 0) process.stdout.write(`\n${title}:\n${names.map((name) => `  ${name}\n`).join("")}`);
};
list("Skipped", skips);
list("Passed when tried again", secondTries);
list("Could not be asked", unasked);
list("Failed", failures);
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
