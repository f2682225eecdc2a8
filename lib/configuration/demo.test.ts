import { describe, expect, it } from "vitest";
import { PROFILE_IDS, parseConfig, profileFor, validateConfig } from "@/lib/alertmanager";
import { DEMO_TEMPLATES, DEMO_YAML } from "./demo";

describe("the demo tenant's configuration", () => {
  it.each(PROFILE_IDS)("has nothing that %s would refuse or warn of", (id) => {
    const profile = profileFor(id);
    let count = 0;
    const { config, diagnostics } = parseConfig(DEMO_YAML, { profile, newId: () => `id-${++count}` });
    const found = [...diagnostics, ...validateConfig(config!, profile, { templates: DEMO_TEMPLATES })];
    expect(found.filter(({ severity }) => severity !== "info").map(({ code, path }) => [code, path.join(".")])).toEqual(
      [],
    );
  });
});
