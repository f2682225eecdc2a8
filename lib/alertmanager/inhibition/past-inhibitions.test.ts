import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InhibitRule } from "../config/types";
import { profileFor } from "../profiles";
import { pastInhibitions } from "./past-inhibitions";
import { compileInhibitRules } from "./rule";

const profile = profileFor("alertmanager@0.34");
const RULE: InhibitRule = {
  name: "critical",
  source_matchers: ["s=crit"],
  target_matchers: ["s=warn"],
  equal: ["dc"],
};
const past = (rule: InhibitRule, history: { labels: Record<string, string>; firings: number[] }[], options = {}) =>
  pastInhibitions([rule], profile, history, options)[0]!;

describe("what a rule muted", () => {
  const crit = { s: "crit", dc: "x" };
  const warn = { s: "warn", dc: "x" };

  it("are the targets that fired while a source with equal labels did", () => {
    const found = past(RULE, [
      { labels: warn, firings: [0, 10, 20, 40, 50, 60, 100, 110] },
      { labels: crit, firings: [10, 30, 55, 58] },
      { labels: { ...crit, dc: "y" }, firings: [100, 110] },
    ]);
    expect(found).toEqual({
      ...{ rule: 0, name: "critical", sources: 3, targets: 4, muted: 2, wholly: 0, uncertain: 0 },
      samples: [
        { labels: warn, from: 20, to: 40, source: crit, wholly: false },
        { labels: warn, from: 50, to: 60, source: crit, wholly: false },
      ],
    });
  });

  it("are told apart when one source after the other covers them", () => {
    const sources = [
      { labels: { ...crit, n: "1" }, firings: [0, 15] },
      { labels: { ...crit, n: "2" }, firings: [15, 30] },
    ];
    expect(past(RULE, [...sources, { labels: warn, firings: [5, 25] }])).toMatchObject({ muted: 1, wholly: 1 });
    expect(past(RULE, [...sources, { labels: warn, firings: [5, 35] }])).toMatchObject({ muted: 1, wholly: 0 });
  });

  it("are not the sources themselves; since 0.30 nobody knows who mutes what matches both sides", () => {
    const both: InhibitRule = { source_matchers: ["s=~crit|major"], target_matchers: ["s=~major|warn"] };
    const major = { labels: { s: "major" }, firings: [0, 10] };
    expect(past(both, [major])).toMatchObject({ sources: 1, targets: 1, muted: 0 });
    const history = [major, { labels: { s: "crit" }, firings: [5, 6] }];
    expect(past(both, history)).toMatchObject({ muted: 1, uncertain: 1 });
    expect(pastInhibitions([both], profileFor("alertmanager@0.29"), history)[0]).toMatchObject({ uncertain: 0 });
  });

  it("are those of the time that is asked for, the longest as samples", () => {
    const history = [
      { labels: crit, firings: [0, 1000] },
      { labels: warn, firings: [0, 10, 20, 21, 30, 60, 70, 75] },
    ];
    const found = past(RULE, history, { from: 21, samples: 1 });
    expect(found).toMatchObject({ sources: 1, targets: 2, muted: 2, wholly: 2 });
    expect(found.samples.map(({ from, to }) => [from, to])).toEqual([[30, 60]]);
    expect(past(RULE, history, { samples: 0 }).samples).toEqual([]);
  });

  it("is told for each rule that can be read, at its place", () => {
    const broken: InhibitRule = { ...RULE, source_matchers: ['s=~"("'] };
    expect(pastInhibitions([broken, RULE, null as never], profile, []).map(({ rule }) => rule)).toEqual([1]);
    expect(pastInhibitions(undefined, profile, [])).toEqual([]);
  });
});

it("agrees with looking at every pair", () => {
  const value = fc.constantFrom("crit", "major", "warn");
  const labels = fc.record({ s: value, dc: fc.constantFrom("x", "y") });
  const times = fc.uniqueArray(fc.nat(60), { minLength: 2, maxLength: 6 }).map((list) => {
    const rising = list.sort((left, right) => left - right);
    return rising.slice(0, rising.length & ~1);
  });
  const history = fc.array(fc.record({ labels, firings: times }), { maxLength: 8 });
  const rule: InhibitRule = { source_matchers: ["s=~crit|major"], target_matchers: ["s=~major|warn"], equal: ["dc"] };
  const [compiled] = compileInhibitRules([rule], profile);
  fc.assert(
    fc.property(history, (alerts) => {
      const single = alerts.flatMap((alert) =>
        alert.firings.flatMap((from, at) =>
          at % 2 ? [] : [{ labels: alert.labels, from, to: alert.firings[at + 1]! }],
        ),
      );
      const muted = single.filter(
        (target) =>
          compiled!.isTarget(target.labels) &&
          single.some(
            (source) =>
              compiled!.isSource(source.labels) &&
              source.labels.dc === target.labels.dc &&
              !(compiled!.isSource(target.labels) && compiled!.isTarget(source.labels)) &&
              source.from < target.to &&
              target.from < source.to,
          ),
      );
      expect(past(rule, alerts).muted).toBe(muted.length);
    }),
  );
});

it("looks at 50,000 firings at once", () => {
  const history = Array.from({ length: 10_000 }, (_, index) => ({
    labels: {
      alertname: `A${index % 400}`,
      severity: index % 7 === 0 ? "critical" : "warning",
      instance: `i${index}`,
    },
    firings: Array.from({ length: 10 }, (_, step) => index + step * 5000),
  }));
  const rule: InhibitRule = {
    source_matchers: ["severity=critical"],
    target_matchers: ["severity=warning"],
    equal: ["alertname"],
  };
  const before = process.cpuUsage();
  const found = past(rule, history);
  const { user, system } = process.cpuUsage(before);
  const took = (user + system) / 1000;
  expect(found.targets + found.sources).toBe(50_000);
  expect(found.muted).toBeGreaterThan(10_000);
  expect(took).toBeLessThan(300);
});
