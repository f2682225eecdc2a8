import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "vitest/config";

const alias = {
  "server-only": path.join(import.meta.dirname, "lib/testing/server-only.ts"),
  "@": import.meta.dirname,
};

/** Recorded answers and random inputs: `npm run verify` leaves them to `make test`. */
const LONG = process.env.VERIFY
  ? ["**/{golden,fuzz,growth,properties,random,hostile,layouts,render,inherited-values,fixes}.test.{ts,tsx}"]
  : [];

/** Those that replace a module or serve something for themselves; all others share a process, which saves a third of the time. */
const UNITS = "{app,components,lib}/**/*.test.{ts,tsx}";
const APART = globSync(UNITS, { cwd: import.meta.dirname }).filter(
  (file) =>
    !file.endsWith(".integration.test.ts") &&
    /\bvi\.(mock|doMock|resetModules)\(|\bcreateServer\(/.test(
      readFileSync(path.join(import.meta.dirname, file), "utf8"),
    ),
);

const escapeGlob = (file: string) => file.replaceAll(/[[\](){}!*?]/g, "\\$&");

/** `unit` needs nothing but Node; `integration` (*.integration.test.ts) starts a real PostgreSQL or a real Alertmanager. */
export default defineConfig({
  resolve: { alias },
  test: {
    // The server of the integration tests may need longer than the usual 10 s to end on a busy machine.
    teardownTimeout: 60_000,
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: [UNITS],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**", ...LONG, ...APART.map(escapeGlob)],
          isolate: false,
          // Counting what is executed makes some of them three times as slow.
          testTimeout: 30_000,
        },
      },
      {
        resolve: { alias },
        test: { name: "unit-apart", include: APART.map(escapeGlob), testTimeout: 30_000 },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["{app,lib}/**/*.integration.test.ts"],
          globalSetup: ["lib/testing/postgres-server.ts"],
          // Two at a time, each with a database of its own: they wait more than they reckon.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          // Processes, databases and clocks of a busy machine; what passed only then is named at the end.
          retry: process.env.CI ? 1 : 0,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
    coverage: {
      provider: "v8",
      include: ["lib/**/*.{ts,mjs}"],
      exclude: ["lib/database/generated/**", "**/testing/**", "**/*.test.ts"],
      reportOnFailure: true,
    },
  },
});
