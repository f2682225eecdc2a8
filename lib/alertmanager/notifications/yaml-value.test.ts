import { expect, it } from "vitest";
import { encodeJson } from "./json-body";
import { readAgain } from "./yaml-value";

it.each([
  ["012", "10"],
  ["yes", "true"],
  ["1_000", "1000"],
  ["~", "null"],
  ["", "null"],
  ["firing: x", '{"firing":"x"}'],
  ["{1: x, yes: y, a: b}", '{"a":"b"}'],
  ["{<<: {b: 1}, c: 2}", '{"b":1,"c":2}'],
  ["12345678901234567890", "12345678901234567890"],
  ["1e21", "1e+21"],
  ["0.0000001", "1e-7"],
  ["[a, 2]", '["a",2]'],
  ["1:30", '"1:30"'],
  ['"q"', '"\\"q\\""'],
  ["&a x", '"\\u0026a x"'],
  ["*a", '"*a"'],
  ["a: b: c", '"a: b: c"'],
  ["&a [*a]", '"\\u0026a [*a]"'],
])("%s becomes %s", (text, json) => expect(encodeJson(readAgain(text))).toBe(json));

it("takes a text that would grow without end for a text", () => {
  const lines = Array.from({ length: 12 }, (_, at) => `${at}: &a${at} [${`*a${at - 1}, `.repeat(9)}]`);
  const text = `x: &a-1 [1]\n${lines.join("\n")}`;
  expect(readAgain(text)).toBe(text);
});

it("is no number in JSON", () => {
  expect(() => encodeJson(readAgain(".inf"))).toThrow("json: unsupported value: +Inf");
});
