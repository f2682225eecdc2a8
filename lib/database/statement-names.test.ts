import { expect, it } from "vitest";
import { statementNames } from "./statement-names";

const ask = (names: ReturnType<typeof statementNames>, sql: string, times = 3) =>
  Array.from({ length: times }, () => names.nameOf(sql)).at(-1) ?? "";

it("names what is asked often, always the same, and each by its own name", () => {
  const names = statementNames();
  expect([names.nameOf("a"), names.nameOf("a")]).toEqual(["", ""]);
  const a = names.nameOf("a");
  const b = ask(names, "b");
  expect(a).not.toBe("");
  expect(b).not.toBe("");
  expect(b).not.toBe(a);
  expect(ask(names, "a", 10)).toBe(a);
});

it("keeps a bounded number, whatever is asked", () => {
  const names = statementNames();
  const given = new Set(Array.from({ length: 5_000 }, (_, index) => ask(names, `statement ${index}`)));
  expect(given.size).toBe(301);
  expect(ask(names, "statement 0")).not.toBe("");
});

it("begins anew under other names when a kept statement answers something else", () => {
  const names = statementNames();
  const before = ask(names, "a");
  names.failed("0A000");
  const after = ask(names, "a");
  expect(after).not.toBe("");
  expect(after).not.toBe(before);
  names.failed("23505");
  expect(names.nameOf("a")).toBe(after);
});

it.each(["26000", "42P05"])("keeps nothing where connections are shared (%s)", (code) => {
  const names = statementNames();
  ask(names, "a");
  names.failed(code);
  expect(ask(names, "a", 10)).toBe("");
});
