import { describe, expect, it } from "vitest";
import type { Config } from "@/lib/alertmanager";
import { reachOf } from "./reach";

const config: Config = {
  route: {
    id: "root",
    receiver: "default",
    group_wait: "10s",
    routes: [
      {
        id: "a",
        receiver: "db",
        matchers: ['team="database"'],
        routes: [{ id: "a1", matchers: ['severity=~"crit.*"'] }],
      },
      { id: "b", receiver: "web", group_wait: "1m" },
    ],
  },
  receivers: [],
};

describe("who reaches a receiver", () => {
  it("are the routes that name it and those that inherit it, with all matchers on the way", () => {
    const { routes, count } = reachOf(config, "alertmanager@0.34", "db");
    expect(count).toBe(2);
    expect(routes.map(({ id, number }) => [id, number])).toEqual([
      ["a", "1"],
      ["a1", "1.1"],
    ]);
    expect(routes[1]?.matchers).toEqual([
      { name: "team", op: "=", value: "database" },
      { name: "severity", op: "=~", value: "crit.*" },
    ]);
  });

  it("gives the times of the first of them, inherited ones too", () => {
    expect(reachOf(config, "alertmanager@0.34", "db").timing).toEqual({
      group_wait: 10_000,
      group_interval: 300_000,
      repeat_interval: 14_400_000,
    });
    expect(reachOf(config, "alertmanager@0.34", "web").timing?.group_wait).toBe(60_000);
  });

  it("is nobody for a receiver without a route, however many there are for another", () => {
    const routes = Array.from({ length: 100 }, (_, index) => ({ id: `r${index}`, receiver: "many" }));
    const crowded: Config = { route: { id: "root", receiver: "default", routes } };
    expect(reachOf(crowded, "alertmanager@0.34", "nobody")).toEqual({ routes: [], count: 0, timing: null });
    const many = reachOf(crowded, "alertmanager@0.34", "many");
    expect([many.count, many.routes.length]).toEqual([100, 20]);
    expect(reachOf({}, "alertmanager@0.34", "many").count).toBe(0);
  });
});
