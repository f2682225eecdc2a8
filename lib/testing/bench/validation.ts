import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseConfig, profileFor } from "@/lib/alertmanager";
import { figure, note, quantile, section } from "./figures";
import { largeConfig } from "./large-config";

const PROFILE = profileFor("alertmanager@0.25");

/** Loading and judging a whole configuration, in this process, beside the real program as a process of its own. */
export function benchValidation(): void {
  section(
    "Load and validate (in process, median; a route and a receiver each) beside `amtool check-config` (whole process)",
  );
  const folder = mkdtempSync(path.join(tmpdir(), "signalbox-bench-"));
  try {
    for (const routes of [10, 100, 1_000, 10_000]) {
      const text = largeConfig(routes);
      const file = path.join(folder, `${routes}.yml`);
      writeFileSync(file, text);
      const milliseconds = median(routes < 1_000 ? 50 : routes < 10_000 ? 9 : 3, () => {
        const { diagnostics } = parseConfig(text, { profile: PROFILE, newId: () => crypto.randomUUID() });
        const [error] = diagnostics.filter(({ severity }) => severity === "error");
        if (error) throw new Error(`the configuration of the bench is wrong: ${error.message}`);
      });
      const peer = checkConfig(file);
      figure({ what: `${routes} routes`, value: milliseconds, unit: "ms", ...(peer ? { peer } : {}) });
      note(`${" ".repeat(4)}${((1000 * milliseconds) / routes).toFixed(0)} µs per route`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checkConfig(file: string): { name: string; value: number } | null {
  if (spawnSync("amtool", ["--version"]).error) return null;
  const value = median(5, () => {
    const { status, stderr } = spawnSync("amtool", ["check-config", file], { encoding: "utf8" });
    if (status !== 0) throw new Error(`amtool refuses the configuration of the bench: ${stderr}`);
  });
  return { name: "amtool", value };
}

function median(times: number, work: () => void): number {
  work();
  return quantile(
    Array.from({ length: times }, () => {
      const began = performance.now();
      work();
      return performance.now() - began;
    }),
    0.5,
  );
}
