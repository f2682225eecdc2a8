import { describe, expect, it } from "vitest";
import type { AlertDto } from "@/lib/history/contract";
import { foundAlerts, sampleOf, titleOf } from "./found-alerts";

const alert = (id: string, labels: Record<string, string>, summary = ""): AlertDto => ({
  id,
  labels,
  annotations: summary ? { summary } : {},
  generatorURL: "",
  startsAt: "2026-03-02T08:12:00.000Z",
  endsAt: "2026-03-02T08:15:00.000Z",
  state: "ended",
});
const LAG = alert("1", { alertname: "ReplicationLag", team: "database" }, "Four minutes behind");
const DISK = alert("2", { team: "storage", instance: "a" });

describe("alerts that are picked from", () => {
  it("stand once for each label set", () => {
    expect(foundAlerts([LAG, DISK, { ...LAG, startsAt: "2026-03-01T00:00:00.000Z" }], "")).toEqual([LAG, DISK]);
  });

  it("are found by labels and annotations, by all words, in any case", () => {
    const found = (text: string) => foundAlerts([LAG, DISK], text).map(({ id }) => id);
    expect(found("TEAM=")).toEqual(["1", "2"]);
    expect(found('team="storage"')).toEqual(["2"]);
    expect(found(" behind  lag ")).toEqual(["1"]);
    expect(found("behind storage")).toEqual([]);
  });

  it("are called by their name, or by what they have", () => {
    expect(titleOf(LAG)).toEqual({ name: "ReplicationLag", rest: 'team="database"' });
    expect(titleOf(DISK)).toEqual({ name: 'instance="a"', rest: 'team="storage"' });
  });

  it("make a sample without an end, and without an address that they have not", () => {
    expect(sampleOf(LAG)).toEqual({ labels: LAG.labels, annotations: LAG.annotations, startsAt: LAG.startsAt });
    expect(sampleOf({ ...LAG, generatorURL: "http://p/g" })).toMatchObject({ generatorURL: "http://p/g" });
    expect(sampleOf(LAG)).not.toHaveProperty("endsAt");
  });
});
