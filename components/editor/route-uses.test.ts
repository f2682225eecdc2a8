import { describe, expect, it } from "vitest";
import type { Config } from "@/lib/alertmanager";
import { countUses, receiverUses, replaceReceiver, replaceTimeInterval, timeIntervalUses } from "./route-uses";

const config: Config = {
  route: {
    id: "root",
    receiver: "default",
    routes: [
      { id: "a", receiver: "db", matchers: ['team="db"'], mute_time_intervals: ["nights", "weekends"] },
      { id: "b", routes: [{ id: "b1", receiver: "db", active_time_intervals: ["nights"] }] },
    ],
  },
};

describe("uses in the routes", () => {
  it("are counted by name", () => {
    const counts = countUses(config.route);
    expect([counts.receiver("db"), counts.receiver("default"), counts.receiver("toString")]).toEqual([2, 1, 0]);
    expect([counts.timeInterval("nights"), counts.timeInterval("nobody")]).toEqual([2, 0]);
    expect(countUses(undefined).receiver("db")).toBe(0);
  });

  it("say which route it is and in which key", () => {
    expect(receiverUses(config, "default")).toEqual([{ id: "root", number: "", key: "receiver", matchers: [] }]);
    expect(timeIntervalUses(config, "nights")).toEqual([
      { id: "a", number: "1", key: "mute_time_intervals", matchers: ['team="db"'] },
      { id: "b1", number: "2.1", key: "active_time_intervals", matchers: [] },
    ]);
  });

  it("follow a new name everywhere, and what does not use it stays the same object", () => {
    const renamed = replaceTimeInterval(config, "nights", "out-of-hours");
    expect(timeIntervalUses(renamed, "out-of-hours")).toHaveLength(2);
    expect(renamed.route?.routes?.[0]?.mute_time_intervals).toEqual(["out-of-hours", "weekends"]);
    expect(replaceTimeInterval(config, "nobody", "x")).toBe(config);
    const other = replaceReceiver(config, "db", "dba");
    expect(receiverUses(other, "dba").map(({ number }) => number)).toEqual(["1", "2.1"]);
    expect(replaceReceiver(config, "default", "x").route?.routes?.[0]).toBe(config.route?.routes?.[0]);
  });

  it("are taken out without leaving an empty list or the same name twice", () => {
    const without = replaceTimeInterval(config, "nights", null);
    expect(without.route?.routes?.[0]?.mute_time_intervals).toEqual(["weekends"]);
    expect(without.route?.routes?.[1]?.routes?.[0]).not.toHaveProperty("active_time_intervals");
    const merged = replaceTimeInterval(config, "nights", "weekends");
    expect(merged.route?.routes?.[0]?.mute_time_intervals).toEqual(["weekends"]);
  });
});
