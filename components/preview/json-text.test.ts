import { describe, expect, it } from "vitest";
import { indentJson } from "./json-text";

const textOf = (json: string) =>
  indentJson(json)
    ?.map(({ text }) => text)
    .join("");

describe("an indented body", () => {
  it("looks as JSON is written for people", () => {
    const value = { a: [1, { b: "x" }], c: {}, d: [], e: null, f: -1.5e-7 };
    expect(textOf(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  });

  it("keeps every escape, number and name as it is sent, also twice", () => {
    const sent = '{"2":1,"1":12345678901234567890,"a":"\\u003cb\\u003e \\" {,: [","a":1.0}\n';
    const indented = textOf(sent) ?? "";
    for (const part of ["12345678901234567890", '"\\u003cb\\u003e \\" {,: ["', "1.0"]) expect(indented).toContain(part);
    expect(indented.indexOf('"2"')).toBeLessThan(indented.indexOf('"1"'));
    expect(indented.match(/"a"/g)).toHaveLength(2);
  });

  it("tells names, texts, numbers and words apart", () => {
    const kinds = indentJson('{"a":"b","c":[1,true]}')?.filter(({ kind }) => kind !== "mark");
    expect(kinds?.map(({ kind }) => kind)).toEqual(["key", "string", "key", "number", "word"]);
  });

  it("is not made of what is no JSON", () => {
    for (const text of ["", "a=b&c=d", "{", "plain", '"text"', "payload"]) expect(indentJson(text)).toBeNull();
  });

  it("costs as much as it is long", () => {
    const long = JSON.stringify({ alerts: Array.from({ length: 5_000 }, () => ({ text: 'é"\\'.repeat(20) })) });
    const start = performance.now();
    expect(textOf(long)).toBe(JSON.stringify(JSON.parse(long), null, 2));
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
