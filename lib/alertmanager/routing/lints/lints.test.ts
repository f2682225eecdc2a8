import { describe, expect, it } from "vitest";
import type { Config, JsonObject, Route } from "../../config/types";
import { applyFix } from "../../diff/apply-fix";
import { profileFor } from "../../profiles";
import { validateConfig } from "../../validation";
import type { SeenLabels } from "./lint";
import { lintConfig, withLints } from "./lint-config";

const profile = profileFor("alertmanager@0.34");
type Written = Omit<Route, "id" | "routes"> & { routes?: Written[] };

function withIds(route: Written, id = "r"): Route {
  const routes = route.routes?.map((child, index) => withIds(child, `${id}.${index}`));
  return { ...route, id, ...(routes && { routes }) } as Route;
}

const configOf = (...routes: Written[]): Config => ({
  route: withIds({ receiver: "a", routes }),
  receivers: [{ id: "a", name: "a", webhook_configs: [{ id: "w", url: "http://h" }] }],
});
const on = (...matchers: string[]): Written => ({ matchers });
const found = (config: Config, seen?: SeenLabels) =>
  lintConfig(config, profile, seen ? { seen } : {}).map(({ code, path }) =>
    `${code} ${path.slice(1).join(".")}`.trim(),
  );

describe("routes that nothing reaches", () => {
  it.each<[string, Written[], string[]]>([
    ["another value", [on("a=1"), on("a=2")], []],
    ["the same again", [on("a=1"), on("a=1")], ["route_duplicate routes.1"]],
    [
      "the same in other words",
      [on('a=~"1"'), on("a=1")],
      ["route_shadowed routes.1", "matcher_is_equality routes.0.matchers.0"],
    ],
    [
      "the same behind continue",
      [
        { ...on("a=1"), continue: true },
        { ...on("a=1"), receiver: "b" },
      ],
      [],
    ],
    ["more than before", [on("a=1"), on("a=1", "b=2")], ["route_shadowed routes.1"]],
    ["less than before", [on("a=1", "b=2"), on("a=1")], []],
    ["the rest", [on("a=1"), on("a!=1"), on("b=1")], ["route_covered routes.2"]],
    ["values of a pattern, all taken", [on("a=1"), on("a=2"), on('a=~"1|2"')], ["route_covered routes.2"]],
    ["values of a pattern, one left", [on("a=1"), on('a=~"1|2"')], []],
    ["a pattern within a pattern", [on('a=~"db-.*"'), on('a=~"db-[0-9]+"')], ["route_shadowed routes.1"]],
    ["a pattern around a pattern", [on('a=~"db-[0-9]+"'), on('a=~"db-.*"')], []],
    ["a case between two labels", [on("a=1", "b=1"), on("a=1", "b!=1"), on("a=1")], ["route_covered routes.2"]],
    ["a way between two labels", [on("a=1", "b=1"), on("a=1", "b=2"), on("a=1")], []],
    [
      "three labels",
      [on("a=1", "b=1"), on("a!=1", "c=1"), on("b!=1", "c!=1"), on("b=1", "c=1")],
      ["route_covered routes.3"],
    ],
    ["an excluded absence", [on('a=""'), on('b=""'), on('a!=""', 'b!=""'), on("c=1")], ["route_covered routes.3"]],
    ["matchers that exclude each other", [on("a=1", "a=2")], ["route_contradictory routes.0"]],
    ["patterns that exclude each other", [on('a=~"x.*"', 'a=~".*y"', 'a!~"x.*y"')], ["route_contradictory routes.0"]],
    [
      "a parent that excludes it",
      [{ ...on("a=1"), routes: [on('a=~"2|3"')] }],
      ["route_contradictory routes.0.routes.0"],
    ],
    [
      "a parent's sibling",
      [on("a=1", "b=1"), { ...on("a=1"), routes: [on("b=1"), on("b=2")] }],
      ["route_shadowed routes.1.routes.0"],
    ],
    ["only its top", [on("a=1"), { ...on("a=1"), routes: [on("a=2"), on("b=1")] }], ["route_duplicate routes.1"]],
    ["a pattern beyond us, the same", [on('a=~"\\\\bx"'), on('a=~"\\\\bx"', "b=1")], ["route_shadowed routes.1"]],
    ["patterns beyond us", [on('a=~"\\\\bx"'), on('a=~"x\\\\b"')], []],
    ["matchers that cannot be read", [on("="), on("=")], []],
    ["newlines", [on('a=~".*"'), on("b=1")], []],
  ])("%s", (_, routes, expected) => {
    expect(found(configOf(...routes))).toEqual(expected);
  });

  it("says who takes the alerts, that it is proven, and removes the route", () => {
    const config = configOf(on("a=1"), on("a=1", "b=2"), on("c=3"));
    const [lint] = lintConfig(config, profile);
    expect(lint).toMatchObject({
      severity: "warning",
      params: { by: '{a="1"}', proof: "proven" },
      message: 'This route is never reached: {a="1"} before it takes every alert that could come here',
    });
    expect(applyFix(config, lint!.fix!)).toEqual({
      ...config,
      route: { ...config.route, routes: [config.route!.routes![0], config.route!.routes![2]] },
    });
  });

  it("names the fewest routes that suffice", () => {
    const config = configOf(on("x=1"), on("a=1", "b=1"), on("a=1"), on("x!=1"), on("x=2"));
    const params = lintConfig(config, profile).map(({ params }) => params);
    expect(params).toEqual([{ by: '{x!="1"}', proof: "proven" }]);
    const covered = configOf(on("z=1", "a=1"), on("a=1"), on("b=5"), on("a!=1"), on("c=1"));
    expect(lintConfig(covered, profile).at(-1)?.params).toEqual({ by: '{a="1"}, {a!="1"}', count: 2, proof: "proven" });
  });
});

describe("routes that take everything", () => {
  it("are moved behind the others, which then are reached", () => {
    const config = configOf(on("a=1"), {}, on("b=1"), on("c=1"));
    const lints = lintConfig(config, profile);
    expect(lints.map(({ code, params }) => [code, params.count])).toEqual([
      ["route_catches_all", 2],
      ["route_unreachable", undefined],
      ["route_unreachable", undefined],
    ]);
    expect(found(applyFix(config, lints[0]!.fix!))).toEqual([]);
  });

  it("may stand last, or let alerts go on", () => {
    expect(found(configOf(on("a=1"), {}))).toEqual([]);
    expect(found(configOf({ continue: true, receiver: "b" }, on("a=1")))).toEqual([]);
  });

  it("stand in the place of what validateConfig says of them", () => {
    const config = configOf({}, on("b=1"));
    const both = withLints(validateConfig(config, profile), lintConfig(config, profile));
    expect(both.map(({ code, fix }) => [code, fix?.code])).toEqual([
      ["route_unreachable", "remove_route"],
      ["route_catches_all", "move_last"],
    ]);
  });
});

it("tells of two equal routes, of which the first lets its alerts go on", () => {
  const again = { ...on("a=1"), receiver: "a" };
  const first = { ...again, continue: true };
  const lint = (...routes: Written[]) => lintConfig(configOf(...routes), profile);
  expect(lint(first, again)).toMatchObject([{ code: "route_repeated", path: ["route", "routes", 1] }]);
  const config = configOf(first, again);
  expect(applyFix(config, lint(first, again)[0]!.fix!).route?.routes).toEqual([{ ...again, id: "r.0" }]);
  expect(lint(first, on("b=1"), again)[0]).not.toHaveProperty("fix");
  expect(lint(first, on("b=1"), first)[0]!.fix!.edits).toEqual([{ path: ["route", "routes", 2] }]);
  expect(lint(first, { ...again, group_wait: "1s" })).toEqual([]);
  expect(lint({ ...first, routes: [on("c=1")] }, { ...again, routes: [on("c=1")] })).toHaveLength(1);
  expect(lint({ ...first, routes: [on("c=1")] }, { ...again, routes: [on("c=2")] })).toEqual([]);
});

describe("patterns that have one value", () => {
  const fixed = (route: Written) => {
    const config = configOf(route);
    const lints = lintConfig(config, profile).filter(({ code }) => code === "matcher_is_equality");
    return lints.map(({ fix, params: { matcher, instead } }) => {
      const { id: _, ...rest } = fix ? applyFix(config, fix).route!.routes![0]! : { id: "" };
      return [matcher, instead, rest];
    });
  };
  it.each<[Written, unknown]>([
    [on('a=~"x"'), [['a=~"x"', 'a="x"', on('a="x"')]]],
    [on('a!~"(?:x)"'), [['a!~"(?:x)"', 'a!="x"', on('a!="x"')]]],
    [on('b=1,a=~"x[.]y",c=~"d.*"'), [['a=~"x[.]y"', 'a="x.y"', on('b="1",a="x.y",c=~"d.*"')]]],
    [{ match_re: { a: "x" } }, [['a=~"x"', 'a="x"', { match: { a: "x" } }]]],
    [{ match_re: { a: "x", b: "y|z" } }, [['a=~"x"', 'a="x"', { match_re: { b: "y|z" }, match: { a: "x" } }]]],
    [{ match_re: { a: "x" }, match: { a: "x" } }, [['a=~"x"', 'a="x"', {}]]],
    [on('a=~"x|y"', 'b=~"x.*"', 'c!~""'), [['c!~""', 'c!=""', on('a=~"x|y"', 'b=~"x.*"', 'c!=""')]]],
  ])("%j", (route, expected) => {
    expect(fixed(route)).toEqual(expected);
  });
});

describe("what the history never had", () => {
  const seen: SeenLabels = {
    alerts: 60,
    values: { alertname: { Down: 40, Full: 20 }, team: { db: 50 }, zone: { eu: 60 }, constructor: { x: 1 } },
  };
  it("is a label, a value, or a variety", () => {
    const config = configOf(on("team=web"), on("team=~d.*"), on("tema=db"), on('tema=""', "zone!=us"), {
      ...on("toString=1"),
      group_by: ["alertname", "zone", "team", "pod"],
    });
    expect(found(config, seen)).toEqual([
      "matcher_value_unseen routes.0.matchers.0",
      "matcher_label_unseen routes.2.matchers.0",
      "matcher_label_unseen routes.4.matchers.0",
      "group_by_unvarying routes.4.group_by.1",
      "group_by_unseen routes.4.group_by.3",
    ]);
    expect(lintConfig(config, profile, { seen }).every(({ params }) => params.proof === "no_example")).toBe(true);
    expect(found(config, { ...seen, alerts: 0 })).toEqual([]);
  });
});

it("finds labels of group_by that the way to the route fixes", () => {
  const below = { ...on("c=~x|y"), group_by: ["a", "b", "c", "alertname"] };
  const config = configOf({ ...on("a=1"), routes: [{ ...on("b=~z"), routes: [below] }] });
  expect(found(config)).toEqual([
    "matcher_is_equality routes.0.routes.0.matchers.0",
    "group_by_constant routes.0.routes.0.routes.0.group_by.0",
    "group_by_constant routes.0.routes.0.routes.0.group_by.1",
  ]);
});

describe("timers", () => {
  const of = (route: Written) =>
    lintConfig(configOf({ ...on("a=1"), ...route }), profile).map(({ code, params, fix }) => ({ code, params, fix }));
  it("repeat when the group is looked at", () => {
    const params = { repeat: "12m", group: "5m", effective: "15m", proof: "proven" };
    const expected = [{ code: "repeat_not_multiple", params, fix: undefined }];
    expect(of({ repeat_interval: "12m" })).toEqual(expected);
    expect(of({ repeat_interval: "15m" })).toEqual([]);
    expect(of({ group_interval: "7m" })).toMatchObject([{ params: { repeat: "4h", effective: "4h5m" } }]);
    expect(of({ repeat_interval: "1m" })).toEqual([]);
    expect(of({ group_interval: "soon" })).toEqual([]);
  });
  it("wait first no longer than later", () => {
    expect(of({ group_wait: "6m" })).toMatchObject([{ code: "group_wait_long", params: { wait: "6m", group: "5m" } }]);
    expect(of({ group_wait: "5m" })).toEqual([]);
  });
});

it("removes receivers and time intervals that no route names", () => {
  const config: Config = {
    ...configOf({ ...on("a=1"), mute_time_intervals: ["night"] }),
    time_intervals: [{ name: "night" }, { name: "day" }],
    receivers: [
      { id: "1", name: "a" },
      { id: "2", name: "b" },
    ],
  };
  const lints = lintConfig(config, profile);
  expect(lints.map(({ code, path }) => [code, ...path])).toEqual([
    ["receiver_unused", "receivers", 1],
    ["time_interval_unused", "time_intervals", 1],
  ]);
  const repaired = lints.reduce((current, { fix }) => applyFix(current, fix!), config);
  expect(repaired.receivers).toHaveLength(1);
  expect(repaired.time_intervals).toEqual([{ name: "night" }]);
});

describe("routes that are always muted", () => {
  const day = { times: [{ start_time: "08:00", end_time: "18:00" }] };
  const night = {
    times: [
      { start_time: "00:00", end_time: "08:00" },
      { start_time: "18:00", end_time: "24:00" },
    ],
  };
  const zurich = { location: "Europe/Zurich" };
  it.each<[string, object[], object[] | null, boolean]>([
    ["an empty item", [{}], null, true],
    ["the day", [day], null, false],
    ["day and night", [day, night], null, true],
    ["the day here, the night there", [{ ...day, ...zurich }, night], null, false],
    ["day and night there, and the day here", [{ ...day, ...zurich }, { ...night, ...zurich }, day], null, true],
    ["each weekday", [{ weekdays: ["monday:saturday"] }, { weekdays: ["sunday"] }], null, true],
    ["each weekday but one", [{ weekdays: ["monday:friday"] }, { weekdays: ["sunday"] }], null, false],
    ["each month", [{ months: ["1:6"] }, { months: ["july:december"] }], null, true],
    ["each day", [{ days_of_month: ["1:31"] }], null, true],
    [
      "each day but leap days",
      [{ days_of_month: ["1:28"] }, { days_of_month: ["29:31"], months: ["3:12", "1"] }],
      null,
      false,
    ],
    ["each day, where months lose an hour", [{ days_of_month: ["1:31"], ...zurich }], null, false],
    ["each day, from the end", [{ days_of_month: ["-31:-1"] }], null, true],
    ["each day, by two halves", [{ days_of_month: ["1:15", "-16:-1"] }], null, true],
    ["each day, by two halves that do not meet", [{ days_of_month: ["1:14", "-16:-1"] }], null, false],
    ["a minute less", [{ times: [{ start_time: "00:01", end_time: "24:00" }] }], null, false],
    ["some years", [{ years: ["2020:2030"] }], null, false],
    ["years that end and begin", [{ years: ["0:2030"] }, { years: ["2031:9999"] }], null, false],
    ["active never", [], [], true],
    ["active in no month", [], [{ months: [] }], true],
    ["active by day", [], [day], false],
    ["active by day, muted by day", [day], [day], true],
    ["active by day, muted on Mondays", [{ weekdays: ["monday"] }], [day], false],
    ["active by day there, muted by day", [day], [{ ...day, ...zurich }], false],
    ["active by day there, muted always", [{}], [{ ...day, ...zurich }], true],
    ["active by a refused item", [], [{ weekdays: ["mon"] }], true],
  ])("%s", (_, mute, active, expected) => {
    const muted = on("a=1");
    muted.mute_time_intervals = mute.length > 0 ? ["m"] : [];
    if (active) muted.active_time_intervals = ["a"];
    const intervals = [
      { name: "m", time_intervals: mute as JsonObject[] },
      { name: "a", time_intervals: (active ?? []) as JsonObject[] },
    ];
    const codes = lintConfig({ ...configOf(muted), time_intervals: intervals }, profile).map(({ code }) => code);
    expect(codes.includes("route_always_muted")).toBe(expected);
  });

  it("and named by an interval that is not defined are left to validateConfig", () => {
    expect(found(configOf({ ...on("a=1"), active_time_intervals: ["nowhere"] }))).toEqual([]);
  });
});

it("finds templates that neither a receiver nor a template names", () => {
  const content = `{{ define "a" }}{{ template "b" }}{{ end }}{{ define "b" }}{{ end }}
    {{ define "c" }}{{ end }}{{ define "slack.default.title" }}{{ end }}{{ define "label" }}{{ end }}`;
  const config: Config = {
    ...configOf({ ...on("a=1"), labels: { x: '{{ template "label" . }}' } }),
    templates: ["/etc/alertmanager/*.tmpl"],
    receivers: [{ id: "a", name: "a", slack_configs: [{ id: "s", text: '{{ template "a" . }}' }] }],
  };
  const unused = (one: Config, ...more: string[]) => {
    const templates = [content, ...more].map((text, index) => ({ name: `${index}.tmpl`, content: text }));
    return lintConfig(one, profile, { templates }).map(({ code, path, params }) => [code, path, params.name]);
  };
  expect(unused(config)).toEqual([["template_unused", ["templates", "0.tmpl"], "c"]]);
  expect(unused(config, '{{ define "d" }}{{ template "c" }}{{ template "d" }}{{ end }}')).toEqual([]);
  expect(unused({ ...config, templates: ["/etc/alertmanager/*.tmpl", "/other/*.txt"] })).toEqual([]);
  expect(unused(config, "{{ broken")).toEqual([]);
  expect(found(config)).toEqual([]);
});

it("takes any draft", () => {
  for (const route of [null, [], "x", { routes: [null, "x", { routes: 5, matchers: [{}], group_by: 3 }] }]) {
    expect(() => lintConfig({ route } as unknown as Config, profile)).not.toThrow();
  }
});
