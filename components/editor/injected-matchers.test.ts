import { expect, it } from "vitest";
import { injectedAt } from "./injected-matchers";

it("tells each injected matcher once, with the targets whose owners inject it", () => {
  const injected = injectedAt([
    { name: "plain", profile: "alertmanager@0.34" },
    { name: "one", profile: 'alertmanager@0.34{namespace="shop",env!="dev"}' },
    { name: "two", profile: 'alertmanager@0.28{namespace="shop"}' },
    { name: "old", profile: 'alertmanager@0.25{"a.b"="c"}' },
  ]);
  expect(injected.map(({ text, targets }) => [text, targets])).toEqual([
    ['namespace="shop"', ["one", "two"]],
    ['env!="dev"', ["one"]],
    // Before 0.27 nobody could read that.
    ['"a.b"="c"', ["old"]],
  ]);
  expect(injected.map(({ matcher }) => matcher?.name)).toEqual(["namespace", "env", undefined]);
});
