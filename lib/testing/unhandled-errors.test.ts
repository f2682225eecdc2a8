import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readSecondTries } from "./second-tries.mjs";
import { readUnhandledErrors } from "./unhandled-errors.mjs";

let root: string;
beforeEach(() => {
  // Inside the project, so that vitest itself is found from there.
  root = mkdtempSync(path.join(process.cwd(), "node_modules/.signalbox-unhandled-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function run(source: string): { status: number | null; output: string } {
  writeFileSync(path.join(root, "some.test.mjs"), source);
  writeFileSync(path.join(root, "vitest.config.mjs"), "export default { test: { include: ['*.test.mjs'] } };");
  const program = path.join(process.cwd(), "node_modules/vitest/vitest.mjs");
  const reporters = ["unhandled-errors.mjs", "second-tries.mjs"].map((name) =>
    path.join(process.cwd(), "lib/testing", name),
  );
  const args = [program, "run", "--root", root, "--reporter=dot", ...reporters.map((name) => `--reporter=${name}`)];
  const { NODE_V8_COVERAGE: _none, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", env });
  return { status, output: stdout + stderr };
}

test("a rejection that no test waits for is named with its place, and the next good run forgets it", () => {
  const lost = `import { test } from "vitest";
    const reset = () => Promise.reject(new Error("read ECONNRESET"));
    test("passes", async () => { reset(); await new Promise((done) => setTimeout(done, 50)); });`;
  const { status, output } = run(lost);
  expect(status, output).toBe(1);
  const errors = readUnhandledErrors(root);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain("read ECONNRESET");
  expect(errors[0]).toMatch(/at .*some\.test\.mjs:2/);

  expect(run(`import { test } from "vitest"; test("passes", () => {});`).status).toBe(0);
  expect(readUnhandledErrors(root)).toEqual([]);
}, 60_000);

test("what passed only when it was tried again is named with its first error, and the next good run forgets it", () => {
  const { status, output } = run(`import { expect, test } from "vitest";
    let tries = 0;
    test("hesitates", { retry: 1 }, () => expect(++tries).toBe(2));
    test("passes", { retry: 1 }, () => {});`);
  expect(status, output).toBe(0);
  expect(readSecondTries(root)).toEqual([
    { name: "some.test.mjs: hesitates", message: expect.stringContaining("expected 1 to be 2") },
  ]);

  run(`import { test } from "vitest"; test("passes", () => {});`);
  expect(readSecondTries(root)).toEqual([]);
}, 60_000);
