import { describe, expect, it } from "vitest";
import { applyFix, type Config, type ConfigDocument } from "@/lib/alertmanager";
import { setAt } from "../fields/set-at";
import { LintChecks } from "./lint-checks";
import { seenIn } from "./route-counts";

const PROFILES = ["alertmanager@0.34"];
const config: Config = {
  route: {
    id: "root",
    receiver: "all",
    routes: [
      { id: "a", receiver: "all", matchers: ['team="a"'] },
      { id: "twin", receiver: "all", matchers: ['team="a"'] },
      { id: "b", receiver: "all", matchers: ['team=~"b"'] },
    ],
  },
  receivers: [
    { id: "r", name: "all" },
    { id: "s", name: "nobody" },
  ],
};
const templates: ConfigDocument["templates"] = [];
const documentOf = (of: Config): ConfigDocument => ({ config: of, templates, source: null });

function looked(at = config) {
  const lints = new LintChecks();
  lints.look(documentOf(at), PROFILES, null);
  return lints;
}
const told = (lints: LintChecks, now: Config) =>
  lints.findings(now).map(({ code, path, fix }) => [code, path.join("."), fix?.code]);

describe("lints", () => {
  it("are known until the document or what was seen is another", () => {
    const lints = looked();
    expect(told(lints, config)).toEqual([
      ["route_duplicate", "route.routes.1", "remove_route"],
      ["matcher_is_equality", "route.routes.2.matchers.0", "use_equality"],
      ["receiver_unused", "receivers.1", "remove_receiver"],
    ]);
    expect(lints.lacks(documentOf(config), PROFILES, null)).toBe(false);
    expect(lints.lacks(documentOf({ ...config }), PROFILES, null)).toBe(true);
    expect(lints.lacks(documentOf(config), PROFILES, seenIn([{ labels: { team: "x" }, count: 1 }]))).toBe(true);
  });

  it("move with what they are about, and so do their repairs", () => {
    const lints = looked();
    const moved = setAt(config, ["route", "routes"], config.route?.routes?.toReversed() as never);
    expect(told(lints, moved)).toContainEqual(["route_duplicate", "route.routes.1", "remove_route"]);
    expect(told(lints, moved)).toContainEqual(["matcher_is_equality", "route.routes.0.matchers.0", "use_equality"]);
    const fix = lints.findings(moved).find(({ code }) => code === "matcher_is_equality")?.fix;
    const fixed = fix && applyFix(moved, fix);
    expect(fixed?.route?.routes?.[0]).toMatchObject({ id: "b", matchers: ['team="b"'] });
  });

  it("are silent about what is gone or was edited since", () => {
    const lints = looked();
    const typed = setAt(config, ["route", "routes", 2, "matchers", 0], 'team=~"b|c"');
    expect(told(lints, typed).map(([code]) => code)).toEqual(["route_duplicate", "receiver_unused"]);
    const removed = setAt(config, ["route", "routes"], config.route?.routes?.toSpliced(1, 1) as never);
    expect(told(lints, removed).map(([code]) => code)).toEqual(["matcher_is_equality", "receiver_unused"]);
  });

  it("keep no repair that would write an older state", () => {
    const all = { id: "x", receiver: "all" };
    const catching = setAt(config, ["route", "routes"], [all, ...(config.route?.routes ?? [])] as never);
    const lints = looked(catching);
    expect(told(lints, catching)).toContainEqual(["route_catches_all", "route.routes.0", "move_last"]);
    const typed = setAt(catching, ["route", "routes", 1, "receiver"], "nobody");
    expect(told(lints, typed)).toContainEqual(["route_catches_all", "route.routes.0", undefined]);
  });

  it("say what no alert had, when there are alerts", () => {
    const lints = new LintChecks();
    const seen = seenIn([{ labels: { team: "z" }, count: 3 }]);
    lints.look(documentOf(config), PROFILES, seen);
    expect(lints.findings(config)).toContainEqual(
      expect.objectContaining({
        code: "matcher_value_unseen",
        params: expect.objectContaining({ proof: "no_example", alerts: 1 }),
      }),
    );
  });
});
