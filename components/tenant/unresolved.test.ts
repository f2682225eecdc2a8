import { describe, expect, it } from "vitest";
import type { PublicationDto, PublicationStatus } from "@/lib/publishing/contract";
import type { DriftState, TargetDto } from "@/lib/targets/contract";
import { unresolvedPublication, unresolvedTargets } from "./unresolved";

function publication(at: number, status: PublicationStatus, seen = false): PublicationDto {
  return {
    id: `p${at}`,
    revision: at,
    changeId: null,
    comment: "",
    status,
    steps: [],
    bypass: null,
    replaced: false,
    acknowledged: seen ? { by: "Mara", at: "2026-01-02T00:00:00Z" } : null,
    requestedBy: "Mara",
    requestedAt: `2026-01-01T00:00:0${at}Z`,
    finishedAt: null,
  };
}

describe("a publication that failed", () => {
  it.each([
    ["is told", [publication(1, "restored")], "p1"],
    ["is told while the next one runs", [publication(2, "running"), publication(1, "failed")], "p1"],
    ["is dealt with by a later success", [publication(1, "failed"), publication(2, "unverified")], undefined],
    ["is told again when it fails after a success", [publication(1, "verified"), publication(2, "failed")], "p2"],
    ["is dealt with by somebody who says so", [publication(1, "failed", true)], undefined],
    [
      "of earlier is not told once a later one was acknowledged",
      [publication(1, "failed"), publication(2, "failed", true)],
      undefined,
    ],
    [
      "is told although an earlier one was acknowledged",
      [publication(1, "failed", true), publication(2, "failed")],
      "p2",
    ],
    ["is none", [], undefined],
  ])("%s", (_name, publications, told) => expect(unresolvedPublication(publications)?.id).toBe(told));
});

it("targets are told that differ, unless somebody has seen it", () => {
  const target = (name: string, state: DriftState, acknowledged = false): TargetDto => ({
    id: name,
    name,
    kind: "file",
    profile: "alertmanager@0.34",
    version: null,
    versionSource: "assumed",
    replicas: [],
    drift: { targetId: name, state, places: [], acknowledged, checkedAt: "2026-01-01T00:00:00Z" },
    publishedRevision: null,
    publishedAt: null,
  });
  const targets = [
    target("a", "drifted"),
    target("b", "drifted", true),
    target("c", "in_sync"),
    target("d", "unpublished"),
    target("e", "missing"),
    target("f", "foreign"),
    target("g", "unreadable"),
  ];
  expect(unresolvedTargets(targets).map(({ name }) => name)).toEqual(["a", "e", "f", "g"]);
});
