import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Config } from "../config/types";
import { profileFor } from "../profiles";
import { compileRoutes, matchRoutes } from "../routing";
import { checkExpectations, type Expectation, expectationFault, printExpectations, readExpectations } from ".";

const profile = profileFor("alertmanager@0.34");
const config: Config = {
  route: {
    id: "r",
    receiver: "default",
    routes: [
      { id: "a", receiver: "db", matchers: ['team="db"'], continue: true, mute_time_intervals: ["weekends"] },
      { id: "b", receiver: "pager", matchers: ['severity="critical"'] },
    ],
  },
  receivers: ["default", "db", "pager"].map((name) => ({ id: name, name })),
  time_intervals: [{ name: "weekends", time_intervals: [{ weekdays: ["saturday", "sunday"] }] }],
};
const labels = { team: "db", severity: "critical" };
const [SATURDAY, MONDAY] = ["2026-11-28T12:00:00Z", "2026-11-30T12:00:00+01:00"];
const check = (expectation: Omit<Expectation, "name" | "labels"> & Partial<Expectation>) =>
  checkExpectations(config, profile, [{ name: "one", labels, ...expectation }])[0];

describe("checkExpectations", () => {
  it.each<[Omit<Expectation, "name" | "labels"> & Partial<Expectation>]>([
    [{ receivers: ["pager", "db"] }],
    [{ reaches: ["pager"] }],
    [{ not: ["default"] }],
    [{ reaches: ["db"], not: ["default"] }],
    [{ labels: { team: "web" }, receivers: ["default"] }],
    [{ labels: { team: "db" }, receivers: ["db"], at: SATURDAY, muted: true }],
    [{ labels: { team: "db" }, at: MONDAY, muted: false }],
    [{ reaches: ["pager"], at: SATURDAY, muted: false }],
  ])("%j holds", (expectation) => {
    expect(check(expectation)).toMatchObject({ ok: true, reason: null });
  });

  it.each<[Omit<Expectation, "name" | "labels"> & Partial<Expectation>, object]>([
    [{ receivers: ["pager"] }, { code: "unexpected", params: { unexpected: "db" } }],
    [{ receivers: ["pager", "db", "mail", "chat"] }, { code: "missing", params: { missing: "mail, chat" } }],
    [{ receivers: ["default"] }, { code: "differs", params: { missing: "default", unexpected: "db, pager" } }],
    [
      { reaches: ["default"], not: ["db"] },
      { code: "differs", params: { missing: "default", unexpected: "db" } },
    ],
    [{ not: ["pager"] }, { code: "unexpected", params: { unexpected: "pager" } }],
    [
      { receivers: ["db", "pager"], at: SATURDAY, muted: true },
      { code: "not_muted", params: { receivers: "pager" } },
    ],
    [
      { reaches: ["db"], at: SATURDAY, muted: false },
      { code: "muted", params: { receivers: "db", intervals: "weekends" } },
    ],
  ])("%j does not, and says why", (expectation, reason) => {
    expect(check(expectation)).toMatchObject({ ok: false, receivers: ["db", "pager"], reason });
  });

  it("holds nothing of a tree that takes nothing", () => {
    const broken: Config = { route: { id: "r", receiver: "default", matchers: ['a="b"'] } };
    const [result] = checkExpectations(broken, profile, [{ name: "x", labels, not: ["pager"] }]);
    expect(result).toMatchObject({ ok: false, receivers: [], reason: { code: "unmatched" } });
  });

  it("agrees with matchRoutes about every alert: what is got is what is expected, and less is not", () => {
    const value = fc.constantFrom("db", "web", "critical", "");
    fc.assert(
      fc.property(fc.record({ team: value, severity: value }), (labels) => {
        const receivers = matchRoutes(compileRoutes(config, profile), labels).map(({ receiver }) => receiver);
        const results = checkExpectations(config, profile, [
          { name: "all", labels, receivers: receivers.toReversed() },
          { name: "more", labels, receivers: [...receivers, "nobody"] },
          { name: "none", labels, not: receivers },
        ]);
        expect(results.map(({ ok }) => ok)).toEqual([true, false, false]);
      }),
      { numRuns: 50 },
    );
  });
});

describe("expectationFault", () => {
  const good = { name: "n", labels: { a: "b" }, receivers: ["x"] };
  it.each([
    [good, null],
    [[good], { code: "no_object", field: "" }],
    [
      { ...good, reciever: "x" },
      { code: "unknown_key", field: "reciever" },
    ],
    [
      { ...good, name: " " },
      { code: "wrong_value", field: "name" },
    ],
    [
      { ...good, labels: {} },
      { code: "wrong_value", field: "labels" },
    ],
    [
      { ...good, labels: { a: 1 } },
      { code: "wrong_value", field: "labels" },
    ],
    [
      { ...good, receivers: [] },
      { code: "wrong_value", field: "receivers" },
    ],
    [
      { ...good, at: "2026-13-01T00:00:00Z", muted: true },
      { code: "wrong_value", field: "at" },
    ],
    [
      { ...good, at: SATURDAY },
      { code: "at_with_muted", field: "at" },
    ],
    [
      { ...good, muted: false },
      { code: "at_with_muted", field: "at" },
    ],
    [
      { ...good, not: ["y"] },
      { code: "two_ways", field: "receivers" },
    ],
    [
      { name: "n", labels: { a: "b" } },
      { code: "nothing_expected", field: "" },
    ],
  ])("of %j is %j", (value, fault) => {
    expect(expectationFault(value)).toEqual(fault);
  });
});

describe("YAML", () => {
  it("reads what people write", () => {
    const text = `# Who is woken
expectations:
  - name: critical database alerts wake somebody
    labels: {team: db, severity: critical, code: 500, on: yes}
    reaches: [pager]
    not:
      - chat
    at: 2026-11-28T12:00:00Z
    muted: false
`;
    expect(readExpectations(text)).toEqual({
      expectations: [
        {
          name: "critical database alerts wake somebody",
          labels: { team: "db", severity: "critical", code: "500", on: "yes" },
          reaches: ["pager"],
          not: ["chat"],
          at: SATURDAY,
          muted: false,
        },
      ],
      problem: null,
    });
    expect(readExpectations("expectations: []")).toEqual({ expectations: [], problem: null });
  });

  const one = "  - name: a\n    labels: {a: b}\n    receivers: [x]\n";
  it.each([
    ["expectations: [", { code: "yaml", line: 1 }],
    ["", { code: "no_list", line: 1 }],
    ["- name: a", { code: "no_list", line: 1 }],
    [`expectations:\n${one}other: 1\n`, { code: "no_list", line: 1 }],
    [`expectations:\n${one}---\nmore: 1\n`, { code: "no_list" }],
    [`expectations:\n${one}${one}`, { code: "twice", line: 5, params: { name: "a" } }],
    [
      `expectations:\n${one}  - name: b\n`,
      { code: "wrong", line: 5, params: { fault: "wrong_value", field: "labels" } },
    ],
    [`expectations:\n  - name: b\n    labels: {a: ~}\n    not: [x]\n`, { params: { field: "labels" } }],
    [`expectations:\n  - &x {name: a, labels: {a: b}, not: *x}\n`, { code: "wrong" }],
    [`expectations:\n  - name: b\n    name: c\n`, { code: "wrong" }],
  ])("refuses %j", (text, problem) => {
    expect(readExpectations(text)).toMatchObject({ expectations: null, problem });
  });

  it("prints what it reads", () => {
    const text = fc.oneof(
      fc
        .string({ unit: "binary", minLength: 1, maxLength: 12 })
        .filter((one) => one.trim() !== "" && one.isWellFormed()),
      fc.constantFrom(
        "yes",
        "~",
        "null",
        "0x1",
        "- a",
        "a: b",
        "#",
        "a\u0085",
        "a\u2028\ufeff",
        "1_000",
        "*x",
        "'",
        "true",
      ),
    );
    const texts = fc.array(text, { minLength: 1, maxLength: 3 });
    const labels = fc.dictionary(text, fc.oneof(text, fc.constant("")), { minKeys: 1, maxKeys: 4 });
    const at = fc.constantFrom(SATURDAY, MONDAY);
    const expectation: fc.Arbitrary<Expectation> = fc.oneof(
      fc.record({ name: text, labels, receivers: texts }),
      fc.record({ name: text, labels, reaches: texts, not: texts }),
      fc.record({ name: text, labels, not: texts, at, muted: fc.boolean() }),
    );
    const list = fc.uniqueArray(expectation, { selector: ({ name }) => name, maxLength: 4 });
    fc.assert(
      fc.property(list, (expectations) => {
        expect(readExpectations(printExpectations(expectations))).toEqual({ expectations, problem: null });
      }),
      { numRuns: 300 },
    );
  });
});
