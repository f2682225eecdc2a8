import { expect, it } from "vitest";
import { labelNames } from "./label-names";

it("finds the names that routes group by and match, and nothing in what is no route", () => {
  const config = {
    route: {
      id: "0",
      group_by: ["alertname", "..."],
      routes: [
        { id: "1", matchers: ['team="db"', '{shard=~"a|b"}', '"quoted name"="x"', "=broken"], match: { zone: "a" } },
        { id: "2", match_re: { rack: "b" }, routes: [{ id: "3", group_by: ["deep"] }] },
      ],
    },
  };
  expect(labelNames(config)).toEqual(["alertname", "team", "shard", "zone", "rack", "deep"]);
  expect(labelNames({})).toEqual([]);
  expect(labelNames({ route: { id: "0", group_by: "alertname" as never, routes: {} as never } })).toEqual([]);
});
