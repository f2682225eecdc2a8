import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const FILE = "unhandled.json";
const STACK_LINES = 3;
const resultsOf = (root) => path.join(root, "test-results");

/** Vitest's reporter of what failed outside of every test: its exit code tells, and no test does. */
export default class UnhandledErrors {
  #root = process.cwd();

  onInit(vitest) {
    this.#root = vitest.config.root;
    rmSync(path.join(resultsOf(this.#root), FILE), { force: true });
  }

  onTestRunEnd(_modules, errors) {
    if (errors.length === 0) return;
    mkdirSync(resultsOf(this.#root), { recursive: true });
    writeFileSync(path.join(resultsOf(this.#root), FILE), JSON.stringify(errors.map(told)));
  }
}

function told({ type, name, message, stack, VITEST_TEST_PATH: file }) {
  const lines = String(stack ?? "").split("\n");
  const frames = lines.filter((line) => line.trim().startsWith("at ")).slice(0, STACK_LINES);
  const during = file ? ` (while ${file} ran)` : "";
  const what = `${type ?? "Error"}: ${name ?? "Error"}: ${message ?? lines[0]}${during}`;
  return [what, ...frames.map((line) => line.trim())].join("\n    ");
}

/** One text per error of the last run, with the first lines of its stack. */
export function readUnhandledErrors(root) {
  try {
    return JSON.parse(readFileSync(path.join(resultsOf(root), FILE), "utf8"));
  } catch {
    return [];
  }
}
