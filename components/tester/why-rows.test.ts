import { expect, it } from "vitest";
import { type Config, compileRoutes, explainRoutes, matchRoutes, profileFor } from "@/lib/alertmanager";
import { askedMatchers, originOf, routeNumber, whyRows } from "./why-rows";

const profile = profileFor("alertmanager@0.34");
const many = Array.from({ length: 12 }, (_, index) => ({
  id: `m${index}`,
  receiver: "chat",
  matchers: [`n="${index}"`],
}));
const config: Config = {
  route: {
    id: "r",
    receiver: "default",
    group_wait: "10s",
    routes: [
      {
        id: "a",
        receiver: "db",
        matchers: ['team="db"', 'env="prod"'],
        routes: [{ id: "b", receiver: "pager", group_by: ["x"] }],
      },
      ...many,
      { id: "z", receiver: "mail", matchers: ['team="db"'] },
      { id: "y", receiver: "pager", matchers: ['team="db"'] },
    ],
  },
};
const labels = { team: "db", env: "test" };
const routes = compileRoutes(config, profile);
const shown = (options = {}) =>
  whyRows(explainRoutes(routes, labels), options).map((row) =>
    row.kind === "more" ? `+${row.count}` : `${row.depth} ${row.number} ${row.explanation.outcome}`,
  );

it("shows the way of the alert, and of many others a few", () => {
  expect(shown()).toEqual([
    "0  passes_on",
    ...Array.from({ length: 5 }, (_, index) => `1 ${index + 1} refuses`),
    "1 14 notifies",
    "+9",
  ]);
  expect(shown({ all: true })).toHaveLength(16);
});

it("shows why a receiver is not reached: every way to it", () => {
  expect(shown({ receiver: "pager" })).toEqual(["0  passes_on", "1 1 refuses", "1 15 unreached"]);
});

it("ticks matchers and says what the label holds", () => {
  const [, first] = whyRows(explainRoutes(routes, labels));
  expect(first?.kind === "route" && askedMatchers(first.explanation, labels)).toMatchObject([
    { matcher: { name: "env" }, value: "test", passes: false },
    { matcher: { name: "team" }, value: "db", passes: true },
  ]);
  expect(first?.kind === "route" && askedMatchers(first.explanation, {})[0]?.value).toBeNull();
});

it("tells where an option comes from", () => {
  const [match] = matchRoutes(routes, { team: "db", env: "prod" });
  const origin = (key: "group_by" | "group_wait" | "group_interval") => {
    const found = originOf(config.route, match?.path ?? [], key);
    return found && routeNumber(found);
  };
  expect([origin("group_by"), origin("group_wait"), origin("group_interval")]).toEqual(["1.1", "", null]);
});
