// Our figures beside a peer's, taken in the same run, with the goals. `node lib/testing/bench.mjs saves` takes one part only.
import { runTypescript } from "./run-typescript.mjs";

await runTypescript("lib/testing/bench/main.ts");
