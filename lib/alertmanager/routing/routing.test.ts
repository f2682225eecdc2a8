import { describe, expect, it } from "vitest";
import type { Config, Route } from "../config/types";
import { profileFor } from "../profiles";
import { compileRoutes } from "./compile-routes";
import { explainRoutes } from "./explain-routes";
import { printLabels } from "./group-key";
import { literalPrefix, literalValues } from "./literal-values";
import { matchRoutes } from "./match-routes";
import { indexMatchers, visitCandidates } from "./route-index";

const profile = profileFor("alertmanager@0.34");
const configOf = (...routes: Omit<Route, "id">[]): Config => ({
  route: { id: "root", receiver: "all", routes: routes.map((route, index) => ({ id: `r${index}`, ...route })) },
});

describe("the index", () => {
  it("looks at the routes that ask for the alert's labels, and at no others", () => {
    const siblings = Array.from({ length: 10_000 }, (_, index) => [
      { name: "severity", op: "=" as const, value: "critical" },
      index % 2
        ? { name: "team", op: "=" as const, value: `t${index}` }
        : { name: "team", op: "=~" as const, value: `t${index}|u${index}` },
    ]);
    const index = indexMatchers(siblings);
    const visited = (labels: Record<string, string>) => {
      const positions: number[] = [];
      visitCandidates(index, new Map(Object.entries(labels)), (position) => positions.push(position) < 0);
      return positions;
    };
    expect(visited({ severity: "critical", team: "t7001" })).toEqual([7001]);
    expect(visited({ severity: "critical", team: "u7000" })).toEqual([7000]);
    expect(visited({ severity: "critical" })).toEqual([]);
  });

  it("keeps the order of siblings that stand in different places of it", () => {
    const config = configOf(
      { matchers: ["a=~x.*"], continue: true },
      { matchers: ["b=1"], continue: true },
      { matchers: ["c!=1"], continue: true },
      { matchers: ["a=xy"], continue: true },
      { matchers: ['d=""'] },
    );
    const ids = matchRoutes(compileRoutes(config, profile), { a: "xy", b: "1" }).map(({ route }) => route.id);
    expect(ids).toEqual(["r0", "r1", "r2", "r3", "r4"]);
  });

  it.each([
    ["a|b", ["a", "b"]],
    ["^(?:a|b)$", ["a", "b"]],
    ["team-a", ["team-a"]],
    ["a|", null],
    ["a.b", null],
    ["(?i)a", null],
    ["^(?:a)$|^(?:b)$", null],
    ["a\\.b", null],
  ])("reads the pattern %s as %j", (pattern, values) => {
    expect(literalValues(pattern)).toEqual(values);
  });

  it.each([
    ["ns-1-.*", "ns-1-"],
    ["^(?:ns-1-.+)$", "ns-1-"],
    ["ab*", "a"],
    ["ab?c", "a"],
    ["ab{0,1}", "a"],
    ["ab+", "ab"],
    ["a\\.b\\.*", "a.b"],
    ["a\\d", "a"],
    ["a\\Qb", "a"],
    ["ab[cd]", "ab"],
    ["a(?i)b", "a"],
    ["(?i)a", ""],
    ["a.*|b", ""],
    ["^a", ""],
    [".*", ""],
    ["é.", "é"],
  ])("knows that what %s matches begins with %j", (pattern, prefix) => {
    expect(literalPrefix(pattern)).toBe(prefix);
  });

  it("looks up how values begin", () => {
    const siblings = Array.from({ length: 1000 }, (_, number) => [
      { name: "ns", op: "=~" as const, value: `ns-${number}-.*` },
    ]);
    const positions: number[] = [];
    visitCandidates(indexMatchers(siblings), new Map([["ns", "ns-70-x"]]), (position) => positions.push(position) < 0);
    expect(positions).toEqual([70]);
  });
});

describe("labels that are names of JavaScript's own", () => {
  it("are labels like others", () => {
    const config = configOf({ matchers: ["constructor=1"] }, { matchers: ['toString=""', 'hasOwnProperty!="x"'] });
    const compiled = compileRoutes(config, profile);
    expect(matchRoutes(compiled, { constructor: "1" })[0]?.route.id).toBe("r0");
    expect(matchRoutes(compiled, {})[0]?.route.id).toBe("r1");
  });
});

describe("options", () => {
  it("inherit what upstream inherits", () => {
    const config = configOf({
      group_by: ["b", "a"],
      group_wait: "1s",
      labels: { x: "1", y: "2" },
      mute_time_intervals: ["night"],
      routes: [{ id: "below", matchers: ["deep=1"], labels: { y: "3" }, repeat_interval: "1d" }],
    });
    const [match] = matchRoutes(compileRoutes(config, profile), { deep: "1", a: "A", b: "", z: "Z" });
    expect(match?.options).toEqual({
      receiver: "all",
      group_by: ["b", "a"],
      group_by_all: false,
      group_wait: 1000,
      group_interval: 300_000,
      repeat_interval: 86_400_000,
      mute_time_intervals: [],
      active_time_intervals: [],
      labels: { x: "1", y: "3" },
    });
    expect(match?.groupKey).toBe('{}/{}/{deep="1"}:{a="A", b=""}');
    expect(match?.path.map(({ id }) => id)).toEqual(["root", "r0", "below"]);
  });

  it("know no labels before 0.34", () => {
    const compiled = compileRoutes(configOf({ labels: { x: "1" } }), profileFor("alertmanager@0.33"));
    expect(matchRoutes(compiled, {})[0]?.options.labels).toEqual({});
  });
});

it("prints label sets in the order of names, of pairs before 0.28", () => {
  const labels = { "a\uffee": "", "a\u{1f642}": "", a: 'x"\n', a1: "y" };
  expect(printLabels(labels, profile)).toBe('{a="x\\"\\n", a1="y", a\uffee="", a\u{1f642}=""}');
  expect(printLabels({ a: "x", a1: "y" }, profileFor("alertmanager@0.27"))).toBe('{a1="y", a="x"}');
});

describe("drafts", () => {
  it("route by what can be read of them", () => {
    const compiled = compileRoutes(
      configOf({ matchers: ["="] }, { match_re: { a: "(" } }, { group_wait: "soon", receiver: "b" }),
      profile,
    );
    const [match] = matchRoutes(compiled, { a: "1" });
    expect([match?.route.id, match?.options.group_wait]).toEqual(["r2", 30_000]);
    const [first, second] = explainRoutes(compiled, {}).routes;
    expect(first).toMatchObject({ outcome: "refuses", route: { error: "bad matcher format: =" } });
    expect(second?.route.error).toMatch(/missing closing \)/);
  });

  it("without any route have one that notifies nobody", () => {
    expect(matchRoutes(compileRoutes({}, profile), {})).toMatchObject([{ receiver: "", routeKey: "{}" }]);
  });
});

it("explains each failed matcher, each continue, and who kept the alert", () => {
  const config = configOf(
    { matchers: ["a=1", 'b=~"x|y"', "c!=3"] },
    { matchers: ["a=2"], continue: true },
    { matchers: ["a=2"], receiver: "two" },
    { receiver: "rest" },
  );
  expect(explainRoutes(compileRoutes(config, profile), { a: "2", c: "3" })).toMatchObject({
    outcome: "passes_on",
    routes: [
      {
        outcome: "refuses",
        failed: [
          { matcher: { name: "a", op: "=", value: "1" }, value: "2" },
          { matcher: { name: "b", op: "=~", value: "x|y" }, value: "" },
          { matcher: { name: "c", op: "!=", value: "3" }, value: "3" },
        ],
      },
      { outcome: "notifies", continues: true },
      { outcome: "notifies", continues: false },
      { outcome: "unreached", keptBy: { id: "r2" } },
    ],
  });
});
