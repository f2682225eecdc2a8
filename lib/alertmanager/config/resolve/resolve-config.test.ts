import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { profileFor } from "../../profiles";
import { parseConfig } from "../../yaml/parse-config";
import { resolveConfig } from "./resolve-config";

interface Case {
  id: string;
  yaml?: string;
  echo?: string;
}

const cases = readFileSync(new URL("../../validation/testdata/config.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case)
  .filter(({ yaml, echo }) => yaml !== undefined && echo !== undefined);

const resolved = (yaml: string, target = "alertmanager@0.34") => {
  const profile = profileFor(target);
  return resolveConfig(parseConfig(yaml, { profile, newId: () => "id" }).config!, profile);
};

/** A free number that no JavaScript number holds is kept as its digits. */
const BEYOND = "yaml/str/313233343536373839303132333435363738393031323334353637383930";

describe("what the status shows after loading", () => {
  it.each(cases.filter(({ id }) => id !== BEYOND))("$id", ({ yaml, echo }) => {
    expect(resolved(yaml!)).toBe(echo);
  });

  it("knows what the target's version does not hold", () => {
    const text = "route: {receiver: a}\nreceivers: [{name: a, webhook_configs: [{url: http://h}]}]\n";
    const old = resolved(text, "alertmanager@0.25");
    expect(old).not.toMatch(/labels:|smtp_tls_config|slack_app_url|timeout: 0s/);
    expect(old).toContain("- name: a\n  webhook_configs:\n  - send_resolved: true\n");
  });
});
