// Sends alerts to the tap of the built product while its processes are killed. SOAK_TAP_SECONDS (60), SOAK_TAP_RATE (5000 alerts
// a second), SOAK_TAP_KILLS (3; 0 measures the rate) and SOAK_SEED say how.
import { runTypescript } from "./run-typescript.mjs";

await runTypescript("lib/testing/soak/tap.ts");
