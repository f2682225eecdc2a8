import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import type { Diagnostic } from "./diagnostic";

interface Answer {
  ok: boolean;
  error?: string;
  crash?: boolean;
  reloadCrash?: boolean;
}
interface Case {
  id: string;
  yaml: string;
  expect: Record<string, Answer>;
}

const cases = readFileSync(new URL("./testdata/config.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);

/** What we refuse although `check-config` accepts it does not count as disagreement. */
function isUpstreams({ severity, code, stage }: Diagnostic): boolean {
  return severity === "error" && code !== "secret_placeholder" && stage === "load";
}

/** The real programs accept or refuse; the share of equal verdicts may only grow. */
const LEAST: Record<string, number> = { "0.25": 0.99, "0.28": 0.97, "0.33": 0.99, "0.34": 0.99 };

describe.each(Object.keys(LEAST))("configurations on %s", (version) => {
  const profile = profileFor(`alertmanager@${version}`);
  const judged = cases
    .filter((entry) => entry.expect[version])
    .map((entry) => {
      const { diagnostics } = parseConfig(entry.yaml, { profile, newId: () => "id" });
      return { id: entry.id, answer: entry.expect[version]!, diagnostics };
    });

  it("are accepted and refused as by the real program", () => {
    const wrong = judged.filter(({ answer, diagnostics }) => answer.ok === diagnostics.some(isUpstreams));
    const share = 1 - wrong.length / judged.length;
    expect(share, wrong.map(({ id }) => id).join("\n")).toBeGreaterThanOrEqual(LEAST[version]!);
    // Blocking what would work is worse than missing an oddity.
    expect(wrong.filter(({ answer }) => answer.ok).length).toBeLessThanOrEqual(1);
  }, 60_000);

  it("never pass when they kill the server", () => {
    const fatal = judged.filter(({ answer }) => answer.crash || answer.reloadCrash);
    const missed = fatal.filter(({ diagnostics }) => !diagnostics.some(({ severity }) => severity === "error"));
    expect(missed.map(({ id }) => id)).toEqual([]);
  });
});

describe("upstream's words", () => {
  it("are given for at least 19 of 20 refusals of 0.34", () => {
    const profile = profileFor("alertmanager@0.34");
    const refused = cases.filter((entry) => entry.expect["0.34"]?.error && !entry.expect["0.34"].crash);
    const told = refused.filter(({ yaml, expect: answers }) =>
      parseConfig(yaml, { profile, newId: () => "id" }).diagnostics.some(
        ({ upstream }) => upstream === answers["0.34"]!.error,
      ),
    );
    expect(told.length / refused.length).toBeGreaterThanOrEqual(0.95);
  }, 60_000);
});
