import { mkdirSync, realpathSync } from "node:fs";
import path from "node:path";
import { defineConfig, devices } from "@playwright/test";
import { browserLaunch } from "./e2e/fixtures/browser";

// Below the ephemeral range; workers read this file again and have to find the same ones.
const port = Number(process.env.E2E_PORT ?? 23_100);
const oidcPort = port + 1;
const baseURL = `http://127.0.0.1:${port}`;
const results = path.join(import.meta.dirname, "test-results");
const dataDir = path.join(results, "app-data");
const targets = path.join(results, "targets");
mkdirSync(targets, { recursive: true });

const roleMap = {
  claim: "groups",
  map: {
    sre: { tenant: "demo", role: "admin" },
    support: { tenant: "demo", role: "viewer" },
  },
  operators: ["sre"],
};

/** `journeys` are the tests; `screenshots` are pictures for people and run only when asked for by name. */
export default defineConfig({
  testDir: "e2e",
  outputDir: path.join(results, "e2e"),
  workers: 1,
  fullyParallel: false,
  // A machine that was busy for a moment is no fault; what passed only then is named at the end.
  retries: process.env.CI ? 1 : 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    baseURL,
    launchOptions: browserLaunch(),
    // Recording each first try costs a third of the time.
    trace: process.env.CI ? "on-first-retry" : "retain-on-failure",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
  },
  projects: [
    { name: "journeys", testMatch: "journeys/**/*.spec.ts", use: { ...devices["Desktop Chrome"] } },
    { name: "screenshots", testMatch: "screenshots/**/*.spec.ts", use: { ...devices["Desktop Chrome"] } },
  ],
  metadata: { dataDir, targets },
  webServer: [
    {
      command: "node e2e/fakes/oidc-provider.mjs",
      url: `http://127.0.0.1:${oidcPort}/.well-known/openid-configuration`,
      env: { OIDC_PORT: String(oidcPort), APP_URL: baseURL },
      gracefulShutdown: { signal: "SIGTERM", timeout: 5_000 },
    },
    {
      command: `rm -rf '${dataDir}' && exec node dist/signalbox.mjs start`,
      url: `${baseURL}/readyz`,
      env: {
        PORT: String(port),
        HOST: "127.0.0.1",
        DATA_DIR: dataDir,
        DATABASE_URL: "",
        LOG_LEVEL: "warn",
        OIDC_ISSUER: `http://127.0.0.1:${oidcPort}`,
        OIDC_CLIENT_ID: "signalbox",
        OIDC_CLIENT_SECRET: "signalbox-secret",
        OIDC_NAME: "Test SSO",
        OIDC_ROLE_MAP: JSON.stringify(roleMap),
        // The journeys sign in more often from one address than people do.
        SIGN_IN_RATE_LIMIT: "1000",
        OUTBOUND_ALLOW: "targets=127.0.0.1; oidc=127.0.0.1; sso=127.0.0.1; test-sends=127.0.0.1",
        TARGET_ROOTS: realpathSync(targets),
      },
      stdout: "pipe",
      timeout: 120_000,
      gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
    },
  ],
});
