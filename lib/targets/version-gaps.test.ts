import { describe, expect, it } from "vitest";
import { versionGaps } from "./version-gaps";
import type { KnownVersion } from "./versions";

const gapsOf = (known: Partial<KnownVersion>, profile: string) =>
  versionGaps({ version: null, source: "observed", declared: null, replicas: new Map(), ...known }, profile);

describe("the version of a target", () => {
  it("is silent when it runs what it is checked as", () => {
    expect(gapsOf({ version: "0.28.1" }, "alertmanager@0.28-upstream")).toEqual([]);
    expect(gapsOf({ version: "v0.34.0", declared: "0.34" }, "alertmanager@0.34")).toEqual([]);
    expect(gapsOf({ version: "0.25", source: "declared", declared: "0.25" }, "alertmanager@0.25")).toEqual([]);
  });

  it("says that another one was declared", () => {
    expect(gapsOf({ version: "0.28.1", declared: "v0.34.0" }, "alertmanager@0.28-upstream")).toEqual([
      { reason: "declared", runs: "0.28.1", checkedAs: "0.28", other: "0.34.0" },
    ]);
  });

  it.each([
    ["0.41.2", "alertmanager@0.34", "newer"],
    ["0.24.0", "alertmanager@0.25", "older"],
    ["0.9.1", "alertmanager@0.25", "older"],
  ])("%s is checked as %s for want of its own profile", (version, profile, reason) => {
    expect(gapsOf({ version }, profile)).toEqual([
      { reason, runs: version, checkedAs: profile.slice("alertmanager@".length), other: "" },
    ]);
  });

  it("says that its replicas differ in more than the patch", () => {
    const replicas = (...versions: string[]) => new Map(versions.map((version, index) => [`am-${index}`, version]));
    const known = { version: "0.25.0", replicas: replicas("0.34.1", "0.25.0") };
    expect(gapsOf(known, "alertmanager@0.25")).toEqual([
      { reason: "replicas", runs: "0.25.0", checkedAs: "0.25", other: "0.34.1" },
    ]);
    expect(gapsOf({ version: "0.25.0", replicas: replicas("0.25.3", "0.25.0") }, "alertmanager@0.25")).toEqual([]);
  });

  it("is unknown until it says so", () => {
    expect(gapsOf({ source: "assumed" }, "alertmanager@0.34")).toEqual([
      { reason: "unknown", runs: "", checkedAs: "0.34", other: "" },
    ]);
  });
});
