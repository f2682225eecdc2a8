import { describe, expect, it } from "vitest";
import type { InhibitRule } from "../config/types";
import { profileFor } from "../profiles";
import { Inhibitor } from "./inhibitor";
import { compileInhibitRules } from "./rule";

type Labels = Record<string, string>;
const BOTH = ["0.29", "0.30"];

function inhibitorOf(rules: InhibitRule[], version: string) {
  const profile = profileFor(`alertmanager@${version}`);
  const inhibitor = new Inhibitor(compileInhibitRules(rules, profile), profile, { startedAt: 0, collectEvery: 900 });
  const post = (labels: Labels, endsAt = 10_000, now = 0) =>
    inhibitor.observe({ key: JSON.stringify(labels), labels, endsAt }, now);
  return { post, inhibits: (labels: Labels, now = 0) => inhibitor.inhibits(labels, now) };
}

const RULE: InhibitRule = { source_matchers: ["s=crit"], target_matchers: ["s=warn"], equal: ["dc"] };

describe.each(BOTH)("on %s", (version) => {
  it("inhibits a target while a source with equal labels is active", () => {
    const { post, inhibits } = inhibitorOf([RULE], version);
    post({ s: "crit", dc: "x" }, 100);
    expect(inhibits({ s: "warn", dc: "x" }, 99)).toBe(true);
    expect(inhibits({ s: "warn", dc: "x" }, 100)).toBe(false);
    expect(inhibits({ s: "warn", dc: "y" })).toBe(false);
    expect(inhibits({ s: "info", dc: "x" })).toBe(false);
  });

  it("takes an absent label of equal for an empty one", () => {
    const { post, inhibits } = inhibitorOf([RULE], version);
    post({ s: "crit" });
    expect(inhibits({ s: "warn" })).toBe(true);
    expect(inhibits({ s: "warn", dc: "x" })).toBe(false);
  });

  it("asks all forms of matchers at once, and any rule", () => {
    const rule: InhibitRule = {
      ...{ source_match: { a: "1" }, source_match_re: { b: "2|3" }, source_matchers: ["c!=4"] },
      ...{ target_match: { t: "1" }, target_match_re: { u: "[0-9]" } },
    };
    const { post, inhibits } = inhibitorOf([RULE, rule], version);
    post({ a: "1", b: "3", c: "4" });
    post({ a: "1", b: "23" });
    expect(inhibits({ t: "1", u: "5" })).toBe(false);
    post({ a: "1", b: "3" });
    expect(inhibits({ t: "1", u: "5" })).toBe(true);
    expect(inhibits({ t: "1", u: "55" })).toBe(false);
  });

  it("lets no alert inhibit itself, nor one of its kind", () => {
    const { post, inhibits } = inhibitorOf([{}], version);
    post({ a: "1" });
    expect(inhibits({ a: "1" })).toBe(false);
    expect(inhibits({ a: "2" })).toBe(false);
  });

  it("passes over a rule that cannot be read", () => {
    const { post, inhibits } = inhibitorOf([{ ...RULE, target_matchers: ['s=~"("'] }, null as never], version);
    post({ s: "crit" });
    expect(inhibits({ s: "warn" })).toBe(false);
  });
});

describe("when several sources agree in their equal labels", () => {
  const twoSided: InhibitRule = { source_matchers: ["s=~crit|major"], target_matchers: ["s=~major|warn"] };

  it.each([
    ["0.29", true],
    ["0.30", false],
  ])("on %s a one-sided one still counts: %s", (version, expected) => {
    const { post, inhibits } = inhibitorOf([twoSided], version);
    post({ s: "crit" });
    post({ s: "major" });
    expect(inhibits({ s: "major" })).toBe(expected);
    expect(inhibits({ s: "warn" })).toBe(true);
  });

  it("remembers the one that ends last, on a tie the later one, since 0.30", () => {
    const { post, inhibits } = inhibitorOf([RULE], "0.30");
    post({ s: "crit", n: "1" }, 200);
    post({ s: "crit", n: "2" }, 100);
    expect(inhibits({ s: "warn" }, 150)).toBe(true);
    post({ s: "crit", n: "3" }, 200);
    post({ s: "crit", n: "3" }, 120, 120);
    // The third one is still the one remembered.
    expect(inhibits({ s: "warn" }, 130)).toBe(false);
  });

  it("forgets the remembered one together with a resolved one, until it is posted again, since 0.30", () => {
    const all = BOTH.map((version) => inhibitorOf([RULE], version));
    const muted = (now: number) => all.map(({ inhibits }) => inhibits({ s: "warn" }, now));
    for (const { post } of all) {
      post({ s: "crit", n: "1" }, 5000);
      post({ s: "crit", n: "2" }, 500);
    }
    expect(muted(899)).toEqual([true, true]);
    expect(muted(900)).toEqual([true, false]);
    for (const { post } of all) post({ s: "crit", n: "1" }, 5000, 1000);
    expect(muted(1900)).toEqual([true, true]);
    expect(muted(5000)).toEqual([false, false]);
  });
});
