import { expect, it } from "vitest";
import type { Config, Expectation } from "@/lib/alertmanager";
import { ExpectationChecks } from "./expectation-checks";
import type { Expected } from "./worker-protocol";

const config: Config = {
  route: {
    ...{ id: "r", receiver: "chat" },
    routes: [{ id: "a", receiver: "pager", matchers: ["team=db"], mute_time_intervals: ["always"] }],
  },
  receivers: ["chat", "pager"].map((name) => ({ id: name, name })),
  time_intervals: [{ name: "always", time_intervals: [{}] }],
};
const expected = (...list: Omit<Expectation, "name">[]): Expected[] =>
  list.map((one, index) => ({ id: `id-${index}`, expectation: { name: `n${index}`, ...one } }));
const db = { labels: { team: "db" } };
const PROFILES = ["alertmanager@0.34"];
const found = (list: readonly Expected[], profiles = PROFILES) => {
  const checks = new ExpectationChecks();
  checks.look(config, profiles, list);
  return checks.findings();
};

it("tells what fails, why, and which expectation it is", () => {
  const at = "2026-11-23T12:00:00Z";
  const list = expected(
    { ...db, receivers: ["pager"] },
    { ...db, receivers: ["chat"] },
    { ...db, at, muted: false },
    { labels: { team: "web" }, at, muted: true },
  );
  expect(found(list).map(({ code, severity, path, params }) => [code, severity, path, params])).toEqual([
    ["expectation_fails", "error", ["expectations", "id-1"], { name: "n1", got: "pager" }],
    ["expectation_muted", "error", ["expectations", "id-2"], { name: "n2", got: "pager", intervals: "always" }],
    ["expectation_not_muted", "error", ["expectations", "id-3"], { name: "n3", got: "chat" }],
  ]);
  expect(found(list)[0]?.message).toBe("An expectation fails, n1: the alert goes to pager");
});

it("names the targets for which one fails when it holds for the others", () => {
  const [shop] = found(expected({ ...db, receivers: ["pager"] }), [...PROFILES, 'alertmanager@0.34{namespace="shop"}']);
  expect(shop).toMatchObject({ code: "expectation_unmatched", objectors: ['alertmanager@0.34{namespace="shop"}'] });
});

it("looks again only when routes, intervals or what is expected changed", () => {
  const checks = new ExpectationChecks();
  const list = expected({ ...db, receivers: ["chat"] });
  expect(checks.lacks(config, PROFILES, [])).toBe(false);
  expect(checks.lacks(config, PROFILES, list)).toBe(true);
  checks.look(config, PROFILES, list);
  const edited = { ...config, receivers: [] };
  expect([checks.lacks(config, PROFILES, list), checks.lacks(edited, PROFILES, list)]).toEqual([false, false]);
  expect(checks.lacks({ ...config, route: { id: "r", receiver: "chat" } }, PROFILES, list)).toBe(true);
  // The last one was deleted.
  expect(checks.lacks(config, PROFILES, [])).toBe(true);
  checks.look(config, PROFILES, []);
  expect([checks.findings(), checks.lacks(config, PROFILES, [])]).toEqual([[], false]);
});
