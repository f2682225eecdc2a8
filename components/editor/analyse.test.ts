import { describe, expect, it } from "vitest";
import type { Config } from "@/lib/alertmanager";
import { analyse } from "./analyse";

const config: Config = {
  route: { id: "root", receiver: "nobody", routes: [{ id: "a", receiver: "team", matchers: ["a=b=c"] }] },
  receivers: [
    {
      id: "r",
      name: "team",
      webhook_configs: [{ id: "w", url: "https://hook.example/", timeout: "5s" }],
    },
  ],
};
const findings = (...profiles: string[]) => analyse({ config, templates: [], source: null }, {}, profiles);
const at = (path: string, ...profiles: string[]) =>
  findings(...profiles).filter((finding) => finding.path.join(".").startsWith(path));

describe("findings for several targets", () => {
  it("name the one that makes them alone", () => {
    const [newer] = at("receivers.0.webhook_configs.0.timeout", "alertmanager@0.25", "alertmanager@0.34");
    expect(newer).toMatchObject({ severity: "error", objectors: ["alertmanager@0.25"] });
  });

  it("name nobody where all agree, and none is told twice", () => {
    const [nobody, ...more] = at("route.receiver", "alertmanager@0.25", "alertmanager@0.34");
    expect(nobody).toMatchObject({ severity: "error" });
    expect(nobody?.objectors).toBeUndefined();
    expect(more).toEqual([]);
  });

  it("name nobody where there is one target only", () => {
    for (const finding of findings("alertmanager@0.25")) expect(finding.objectors).toBeUndefined();
  });

  it("also come from the newer one", () => {
    const both = findings("alertmanager@0.25", "alertmanager@0.34");
    const alone = findings("alertmanager@0.34").map(({ code, path }) => JSON.stringify([code, path]));
    const shown = both.map(({ code, path }) => JSON.stringify([code, path]));
    expect(shown).toEqual(expect.arrayContaining(alone));
    expect(both.flatMap(({ objectors }) => objectors ?? [])).toContain("alertmanager@0.34");
  });
});
