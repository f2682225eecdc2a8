import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const fileOf = (root) => path.join(root, "test-results", "second-tries.json");

/** Vitest's reporter of tests that failed first and passed when tried again: they count as passed, and are named. */
export default class SecondTries {
  #root = process.cwd();
  #found = [];

  onInit(vitest) {
    this.#root = vitest.config.root;
    rmSync(fileOf(this.#root), { force: true });
  }

  onTestCaseResult(test) {
    if (!test.diagnostic()?.flaky) return;
    const [first] = test.result().errors ?? [];
    const where = path.relative(this.#root, test.module.moduleId);
    this.#found.push({ name: `${where}: ${test.fullName}`, message: first?.message ?? "" });
  }

  onTestRunEnd() {
    if (this.#found.length === 0) return;
    mkdirSync(path.dirname(fileOf(this.#root)), { recursive: true });
    writeFileSync(fileOf(this.#root), JSON.stringify(this.#found));
  }
}

/** Of the last run. */
export function readSecondTries(root) {
  try {
    return JSON.parse(readFileSync(fileOf(root), "utf8"));
  } catch {
    return [];
  }
}
