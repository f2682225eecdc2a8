import { describe, expect, it } from "vitest";
import { CONFIG_STRUCT } from "../config/structs";
import type { Json } from "../config/types";
import { decodeSource, Undecodable } from "./decode";
import { rangeInSource } from "./locate";
import { readSource } from "./source";

function decode(text: string): { object: Json; texts: string[] } {
  const source = readSource(text);
  expect(source.problem).toBeNull();
  const { object, refusals } = decodeSource(source, CONFIG_STRUCT);
  const texts = refusals.map(({ mark, stops, text: said }) => (stops ? said : `line ${source.line(mark)}: ${said}`));
  return { object, texts };
}

const hook = (fields: string) => `receivers:\n- name: a\n  webhook_configs:\n  - {${fields}}\n`;
const payload = (value: string) => {
  const { object, texts } = decode(hook(`payload: ${value}`));
  expect(texts).toEqual([]);
  return (object as { receivers: { webhook_configs: { payload: Json }[] }[] }).receivers[0]!.webhook_configs[0]!
    .payload;
};

describe("scalars are what they are for yaml.v2", () => {
  it.each([
    ["yes", true],
    ["Off", false],
    ["yEs", "yEs"],
    ["'yes'", "yes"],
    ["~", null],
    ["Null", null],
    ["'~'", "~"],
    ["012", 10],
    ["0o17", 15],
    ["08", 8],
    ["0x1f", 31],
    ["0B11", 3],
    ["-0b11", -3],
    ["1_000", 1000],
    ["+5", 5],
    ["1e3", 1000],
    ["0.", 0],
    [".5", 0.5],
    [".5_0", ".5_0"],
    ["-.5", -0.5],
    ["1e999", "1e999"],
    [".inf", ".inf"],
    ["190:20:30", "190:20:30"],
    ["9007199254740993", "9007199254740993"],
    ["99999999999999999999", 1e20],
    ["2026-11-23", "2026-11-23"],
    ["0x", "0x"],
    ["-", "-"],
    ["!!str 12", "12"],
    ["!!int 012", 10],
    ["!!float 1", 1],
    ["!foo 1", "1"],
    ["! 1", "1"],
    ["!!binary aGk=", "hi"],
    ["!!null ''", null],
  ])("%s", (text, value) => {
    expect(payload(text)).toEqual(value);
  });

  it("keep their text where text is asked for, but for null and binary", () => {
    const { object, texts } = decode(
      "route: {receiver: 012, group_by: [yes, ~, 2026-01-02, !!binary aGk=, !!int 0x1F]}\n",
    );
    expect(texts).toEqual([]);
    expect(object).toEqual({ route: { receiver: "012", group_by: ["yes", null, "2026-01-02", "hi", "0x1F"] } });
  });

  it.each([
    ["max_alerts: -1", "line 4: cannot unmarshal !!int `-1` into uint64"],
    ["max_alerts: .nan", "line 4: cannot unmarshal !!float `.nan` into uint64"],
    ["max_alerts: 99999999999999999999", "line 4: cannot unmarshal !!float `9999999...` into uint64"],
    ["max_alerts: 2026-01-02", "line 4: cannot unmarshal !!timestamp `2026-01-02` into uint64"],
    ["max_alerts: 2026-02-30", "line 4: cannot unmarshal !!str `2026-02-30` into uint64"],
    ["max_alerts: !foo 5", "line 4: cannot unmarshal !foo `5` into uint64"],
    ["send_resolved: ''", "line 4: cannot unmarshal !!str `` into bool"],
    ["send_resolved: ééééééé", "line 4: cannot unmarshal !!str `ééé\ufffd...` into bool"],
    ["send_resolved: {a: b}", "line 4: cannot unmarshal !!map into bool"],
    ["payload: !!int x", "cannot decode !!str `x` as a !!int"],
    ["payload: !!null x", "cannot decode !!str `x` as a !!null"],
    ["payload: !!bool 1", "cannot decode !!int `1` as a !!bool"],
    ["payload: !!binary '@'", "!!binary value contains invalid base64 data"],
  ])("%s is refused", (fields, text) => {
    expect(decode(hook(fields)).texts).toEqual([text]);
  });

  it("are numbers as far as they fit", () => {
    const { object, texts } = decode(hook("max_alerts: 18446744073709551615"));
    expect(texts).toEqual([]);
    expect(JSON.stringify(object)).toContain('"18446744073709551615"');
  });
});

describe("keys", () => {
  it("are refused when unknown or set twice, each in its order; of two the first holds", () => {
    const { object, texts } = decode(
      "route:\n  receiver: a\n  receiver: b\n  foo: {x: &a [*a]}\n  foo: 1\n~: 1\n[b]: 2\n",
    );
    expect(texts).toEqual([
      "line 3: field receiver already set in type config.plain",
      "line 4: field foo not found in type config.plain",
      "line 5: field foo not found in type config.plain",
      "line 6: field  not found in type config.plain",
      "line 7: cannot unmarshal !!seq into string",
    ]);
    expect(object).toMatchObject({ route: { receiver: "a", foo: 1 }, "": 1 });
  });

  it("of maps are named with Go's syntax, at the line of the value", () => {
    expect(decode('route: {match: {a:\n  1, a: 2, "b\\n": 1, "b\\n":\n  2}}\n').texts).toEqual([
      'line 2: key "a" already set in map',
      'line 3: key "b\\n" already set in map',
    ]);
    expect(decode(hook("payload: {1: a, '1': b, 1: c, yes: d, on: e, ~: f, 1.5: g, 1.5: h}")).texts).toEqual([
      "line 4: key 1 already set in map",
      "line 4: key true already set in map",
      "line 4: key 1.5 already set in map",
    ]);
  });

  it("that are no scalars end the decoding of what has any type", () => {
    expect(decode(hook("payload: {{ .X }}")).texts).toEqual([
      'invalid map key: map[interface {}]interface {}{".X":interface {}(nil)}',
    ]);
    expect(decode(hook("payload: {[a, 1]: b}")).texts).toEqual(['invalid map key: []interface {}{"a", 1}']);
  });

  it("named __proto__ are keys like any other", () => {
    const { object } = decode("__proto__: {polluted: yes}\n");
    expect(Object.keys(object as object)).toEqual(["__proto__"]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe("merges", () => {
  it("override what stands before them and are overridden by what follows", () => {
    const { object, texts } = decode("route: {receiver: a, <<: {receiver: b, group_wait: 1s}, group_wait: 2s}\n");
    expect(texts).toEqual([]);
    expect(object).toEqual({ route: { receiver: "b", group_wait: "2s" } });
  });

  it("of a list let its first item hold", () => {
    const { object } = decode("route: {<<: [{receiver: a}, {receiver: b, group_wait: 1s}]}\n");
    expect(object).toEqual({ route: { receiver: "a", group_wait: "1s" } });
  });

  it("into maps may not set a key again", () => {
    expect(decode("route: {match: {<<: {a: b}, a: c}}\n").texts).toEqual(['line 1: key "a" already set in map']);
  });

  it.each(["5", "~", "[a]", "[[{}]]"])("of %s are refused", (value) => {
    expect(decode(`route: {<<: ${value}}\n`).texts).toEqual([
      "map merge requires map or sequence of maps as the value",
    ]);
  });

  it("of an alias of a list are refused", () => {
    expect(decode("route: &r {routes: &l [{receiver: a}], <<: *l}\n").texts).toEqual([
      "map merge requires map or sequence of maps as the value",
    ]);
  });
});

describe("bombs", () => {
  const levels = (count: number) =>
    Array.from({ length: count }, (_, level) =>
      level === 0
        ? "a0: &a0 [x,x,x,x,x,x,x,x,x,x]"
        : `a${level}: &a${level} [${Array(10)
            .fill(`*a${level - 1}`)
            .join(",")}]`,
    ).join(", ");

  it("of aliases are refused at once", () => {
    const source = readSource(hook(`payload: {${levels(9)}}`));
    const started = performance.now();
    expect(() => decodeSource(source, CONFIG_STRUCT)).toThrow(new Undecodable("document contains excessive aliasing"));
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("in what is not read cost nothing", () => {
    const started = performance.now();
    expect(decode(`x: {${levels(9)}}\nroute: &r {receiver: &n a, routes: [{receiver: *n}]}\n`).texts).toEqual([
      "line 1: field x not found in type config.plain",
    ]);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("small aliases are let through", () => {
    expect(decode(hook(`payload: {${levels(3)}}`)).texts).toEqual([]);
  });

  it("of mistakes are told up to a limit, and each place is found at once", () => {
    const text = `route:\n${Array.from({ length: 20_000 }, (_, index) => ` k${index}: v\n`).join("")}`;
    expect(decode(text).texts).toHaveLength(10_000);
    const source = readSource(text);
    const started = performance.now();
    for (let index = 0; index < 20_000; index++) {
      expect(rangeInSource(source, ["route", `k${index}`])?.start.line).toBe(index + 2);
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it("of depth are refused where they would be read", () => {
    const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;
    expect(() => decode(hook(`payload: ${deep}`))).toThrow(Undecodable);
    expect(decode(`x: ${deep}\n`).texts).toHaveLength(1);
  });

  it("of an anchor in itself are refused where they would be read", () => {
    expect(decode("route: &r {routes: [*r]}\n").texts).toEqual(["anchor 'r' value contains itself"]);
    expect(decode(hook("payload: &p {<<: *p}")).texts).toEqual(["anchor 'p' value contains itself"]);
  });
});
