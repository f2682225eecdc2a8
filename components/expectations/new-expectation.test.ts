import { expect, it } from "vitest";
import type { Expectation } from "@/lib/alertmanager";
import type { SavedExpectation } from "@/lib/configuration/contract";
import { newExpectation, sameExpectation } from "./new-expectation";

const labels = { alertname: "Down", team: "db", severity: "page" };
const saved = (expectation: Expectation): SavedExpectation => ({
  ...{ id: expectation.name, version: 1, savedAt: "2026-11-23T12:00:00Z", savedBy: "alice" },
  expectation,
});

it("has a name that says who gets what, and that nobody has yet", () => {
  const first = newExpectation(labels, ["pager", "chat"], []);
  expect(first).toEqual({ name: "Down db page → pager, chat", labels, receivers: ["pager", "chat"] });
  const second = newExpectation(labels, ["pager", "chat"], [saved(first)]);
  expect(second.name).toBe("Down db page → pager, chat (2)");
  expect(newExpectation(labels, ["pager", "chat"], [saved(first), saved(second)]).name).toMatch(/ \(3\)$/);
  const long = newExpectation({ a: "x".repeat(300) }, ["pager"], []);
  expect(long.name).toHaveLength(160);
  expect(newExpectation({ a: "x".repeat(300) }, ["pager"], [saved(long)]).name).toMatch(/^x{156} \(2\)$/);
});

it("is known already when labels and receivers are the same in any order, and no instant is asked about", () => {
  const one = saved({ name: "n", labels: { team: "db", alertname: "Down" }, receivers: ["b", "a"] });
  const other = { alertname: "Down", team: "db" };
  expect(sameExpectation(other, ["a", "b"], [one])).toBe(one);
  expect(sameExpectation(other, ["a"], [one])).toBeUndefined();
  expect(sameExpectation({ team: "db" }, ["a", "b"], [one])).toBeUndefined();
  const later = saved({ ...one.expectation, at: "2026-11-23T12:00:00Z", muted: true });
  expect(sameExpectation(other, ["a", "b"], [later])).toBeUndefined();
  const loose = saved({ name: "l", labels: other, reaches: ["a"] });
  expect(sameExpectation(other, ["a"], [loose])).toBeUndefined();
});
