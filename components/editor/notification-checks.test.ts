import { describe, expect, it } from "vitest";
import type { Config, ConfigDocument, Diagnostic, Receiver } from "@/lib/alertmanager";
import { setAt } from "../fields/set-at";
import { NotificationChecks } from "./notification-checks";

const PROFILES = ["alertmanager@0.34"];
const KNOWN = { secrets: {}, defaults: {} };

function receiver(id: string): Receiver {
  return { id, name: id, slack_configs: [{ id: `${id}-1` }, { id: `${id}-2`, title: "bad" }] };
}
const config: Config = { receivers: [receiver("a"), receiver("b"), receiver("c")] };
const documentOf = (of: Config): ConfigDocument => ({ config: of, templates: [], source: null });

/** Objects to each title that is "bad"; looking at one receiver takes 5 ms. */
function start() {
  const looked: string[] = [];
  let time = 0;
  const look = ({ config: { receivers = [] } }: ConfigDocument, at: number, profile: string): Diagnostic[] => {
    looked.push(`${receivers[at]?.id} ${profile}`);
    time += 5;
    return (receivers[at]?.slack_configs ?? []).flatMap(({ title }, index) =>
      title === "bad"
        ? [
            {
              code: "yaml_syntax" as const,
              severity: "error" as const,
              path: ["receivers", at, "slack_configs", index, "title"],
              params: {},
              message: "fails",
            },
          ]
        : [],
    );
  };
  const checks = new NotificationChecks(look, () => time);
  const paths = (of: Config) => checks.findings(of, []).map(({ path }) => path.join("."));
  return { checks, looked, paths };
}
const ALL = [0, 1, 2].map((at) => `receivers.${at}.slack_configs.1.title`);
const document = documentOf(config);

describe("the checks of notifications", () => {
  it("take parts of the time that they are given, at least one receiver each", () => {
    const { checks, paths, looked } = start();
    expect(checks.step(document, KNOWN, PROFILES, 8)).toBe(true);
    expect(looked).toHaveLength(2);
    expect(paths(config)).toEqual(ALL.slice(0, 2));
    expect(checks.step(document, KNOWN, PROFILES, 0)).toBe(false);
    expect(paths(config)).toEqual(ALL);
  });

  it("begin with the receiver that somebody looks at", () => {
    const { checks, looked } = start();
    expect(checks.step(document, KNOWN, PROFILES, 0, "c")).toBe(true);
    checks.step(document, KNOWN, PROFILES, 100, "c");
    expect(looked.map((text) => text[0])).toEqual(["c", "a", "b"]);
  });

  it("look again only at the receiver that changed, and keep what was found until then", () => {
    const { paths, looked, checks } = start();
    checks.step(document, KNOWN, PROFILES, 100);
    const typed = {
      ...document,
      config: setAt(config, ["receivers", 1, "slack_configs", 1, "title"], "good"),
    };
    expect(checks.lacks(typed, KNOWN, PROFILES)).toBe(true);
    expect(paths(typed.config)).toEqual(ALL);
    checks.step(typed, KNOWN, PROFILES, 100);
    expect(looked.slice(3)).toEqual(["b alertmanager@0.34"]);
    expect(paths(typed.config)).toEqual([ALL[0], ALL[2]]);
    expect(checks.lacks(typed, KNOWN, PROFILES)).toBe(false);
  });

  it("look at all of them again for other templates, secrets or targets", () => {
    const { looked, checks } = start();
    checks.step(document, KNOWN, PROFILES, 100);
    checks.step({ ...document, templates: [] }, KNOWN, PROFILES, 100);
    checks.step({ ...document, templates: [] }, { ...KNOWN }, PROFILES, 100);
    expect(looked).toHaveLength(9);
    checks.step(document, KNOWN, ["alertmanager@0.25", ...PROFILES], 100);
    expect(looked).toHaveLength(15);
  });

  it("follow what is moved, and forget what is taken away", () => {
    const { checks, paths } = start();
    checks.step(document, KNOWN, PROFILES, 100);
    const [a, b, c] = config.receivers ?? [];
    const moved: Config = { receivers: [c, a, b].flatMap((one) => one ?? []) };
    expect(paths(moved)).toEqual(ALL);
    const without = setAt(config, ["receivers", 0, "slack_configs"], [{ id: "a-2", title: "bad" }]);
    expect(paths(without)[0]).toBe("receivers.0.slack_configs.0.title");
    expect(paths(setAt(config, ["receivers", 0, "slack_configs"], undefined))).toEqual(ALL.slice(1));
    for (let round = 0; round < 2_000; round++) {
      checks.step(documentOf({ receivers: [receiver(`r${round}`)] }), KNOWN, PROFILES, 100);
    }
    expect(checks.size()).toBe(1);
  });

  it("say nothing about an integration that would not be loaded", () => {
    const { checks } = start();
    checks.step(document, KNOWN, PROFILES, 100);
    const path = ["receivers", 1, "slack_configs", 1, "api_url"];
    const refused = { code: "yaml_syntax" as const, severity: "error" as const, path, params: {}, message: "no" };
    expect(checks.findings(config, [refused])).toHaveLength(2);
    expect(checks.findings(config, [{ ...refused, severity: "warning" }])).toHaveLength(3);
  });
});
