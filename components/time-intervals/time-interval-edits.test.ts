import { describe, expect, it } from "vitest";
import type { Config } from "@/lib/alertmanager";
import { timeIntervalUses } from "../editor/route-uses";
import { freeName, namesOf, removeTimeInterval, renameTimeInterval } from "./time-interval-edits";

const config: Config = {
  route: {
    id: "root",
    receiver: "default",
    routes: [
      { id: "a", mute_time_intervals: ["nights", "weekends"] },
      { id: "b", active_time_intervals: ["nights"] },
    ],
  },
  time_intervals: [{ name: "nights", time_intervals: [] }, { name: "weekends" }],
  mute_time_intervals: [{ name: "old" }],
};

describe("a time interval", () => {
  it("takes its routes along when it is renamed", () => {
    const next = renameTimeInterval(config, "time_intervals", 0, "out-of-hours");
    expect(next.time_intervals?.[0]).toEqual({ name: "out-of-hours", time_intervals: [] });
    expect(timeIntervalUses(next, "out-of-hours").map(({ id }) => id)).toEqual(["a", "b"]);
    expect(timeIntervalUses(next, "nights")).toEqual([]);
    expect(renameTimeInterval(config, "time_intervals", 0, "nights")).toBe(config);
  });

  it("leaves the routes to another one of its name", () => {
    const twins: Config = { ...config, mute_time_intervals: [{ name: "nights" }] };
    expect(timeIntervalUses(renameTimeInterval(twins, "time_intervals", 0, "x"), "nights")).toHaveLength(2);
    expect(timeIntervalUses(removeTimeInterval(twins, "time_intervals", 0, null), "nights")).toHaveLength(2);
  });

  it("goes together with its uses, or hands them over", () => {
    const gone = removeTimeInterval(config, "time_intervals", 0, null);
    expect(namesOf(gone)).toEqual(["weekends", "old"]);
    expect(gone.route?.routes).toEqual([{ id: "a", mute_time_intervals: ["weekends"] }, { id: "b" }]);
    const replaced = removeTimeInterval(config, "time_intervals", 0, "old");
    expect(timeIntervalUses(replaced, "old")).toHaveLength(2);
    expect(removeTimeInterval(config, "mute_time_intervals", 0, null)).not.toHaveProperty("mute_time_intervals");
  });

  it("gets a name that nobody has in either list", () => {
    expect(freeName(config, "old")).toBe("old-2");
    expect(freeName(config, "lunch")).toBe("lunch");
  });
});
