import path from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { browserLaunch } from "./e2e/fixtures/browser";

// Below the ephemeral range; workers read this file again and have to find the same one.
const port = Number(process.env.E2E_PORT ?? 23_100);
const baseURL = `http://127.0.0.1:${port}`;
const dataDir = path.join(import.meta.dirname, "test-results/app-data");

/** `journeys` are the tests; `screenshots` are pictures for people and run only when asked for by name. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/e2e",
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    baseURL,
    launchOptions: browserLaunch(),
    trace: "retain-on-failure",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
  },
  projects: [
    { name: "journeys", testMatch: "journeys/**/*.spec.ts", use: { ...devices["Desktop Chrome"] } },
    { name: "screenshots", testMatch: "screenshots/**/*.spec.ts", use: { ...devices["Desktop Chrome"] } },
  ],
  metadata: { dataDir },
  webServer: {
    command: `rm -rf '${dataDir}' && exec node dist/signalbox.mjs start`,
    url: `${baseURL}/readyz`,
    env: { PORT: String(port), HOST: "127.0.0.1", DATA_DIR: dataDir, DATABASE_URL: "", LOG_LEVEL: "warn" },
    stdout: "pipe",
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
  },
});
