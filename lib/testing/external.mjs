// Runs a command on a PostgreSQL that was set up as README.md tells an operator to. `node lib/testing/external.mjs vitest run …`
import { runTypescript } from "./run-typescript.mjs";

await runTypescript("lib/testing/external-postgres.ts");
