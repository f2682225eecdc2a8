// Publishes to a real Alertmanager of two replicas while the web process, PostgreSQL and the command itself are killed at
// random instants. SOAK_KILLS (50) or SOAK_MINUTES says for how long; SOAK_SEED does the same kills again.
import { runTypescript } from "./run-typescript.mjs";

await runTypescript("lib/testing/soak/main.ts");
