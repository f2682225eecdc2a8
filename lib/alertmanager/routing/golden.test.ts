import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { printGoDuration } from "../go/duration";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import { compileRoutes } from "./compile-routes";
import { matchRoutes } from "./match-routes";

interface Case {
  id: string;
  yaml: string;
  cases: { labels: Record<string, string>; receivers: string[]; routes: Record<string, unknown>[] }[];
}

const cases = readFileSync(new URL("./testdata/routes.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

const profile = profileFor("alertmanager@0.34");

describe("routes answer as the real program", () => {
  it.each(cases)("$id", ({ yaml, cases: asked }) => {
    const { config, diagnostics } = parseConfig(yaml, { profile, newId: () => "id" });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const compiled = compileRoutes(config!, profile);
    for (const { labels, receivers, routes } of asked) {
      const matches = matchRoutes(compiled, labels);
      expect({ labels, receivers: matches.map(({ receiver }) => receiver) }).toEqual({ labels, receivers });
      const printed = matches.map(({ receiver, options, groupKey, groupLabels, hash, routeKey, routeID }) => ({
        ...{ receiver, groupKey, groupLabels, hash, routeKey, routeID },
        groupWait: printGoDuration(options.group_wait * 1e6),
        groupInterval: printGoDuration(options.group_interval * 1e6),
        repeatInterval: printGoDuration(options.repeat_interval * 1e6),
        ...(options.mute_time_intervals.length > 0 && { mute: options.mute_time_intervals }),
        ...(options.active_time_intervals.length > 0 && { active: options.active_time_intervals }),
      }));
      expect({ labels, routes: printed }).toEqual({ labels, routes });
    }
  });
});
