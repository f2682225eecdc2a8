import type { VersionGap } from "./contract";
import type { KnownVersion } from "./versions";

/** What somebody should know about a target's version and the one that it is checked as; usually nothing. */
export function versionGaps({ version, source, declared, replicas }: KnownVersion, profileId: string): VersionGap[] {
  const checkedAs = minor(profileId.split("@")[1] ?? profileId);
  if (version === null) return [{ reason: "unknown", runs: "", checkedAs, other: "" }];
  const gaps: VersionGap[] = [];
  const add = (reason: VersionGap["reason"], other = "") =>
    gaps.push({ reason, runs: plain(version), checkedAs, other: plain(other) });
  const distance = compare(minor(version), minor(checkedAs));
  if (distance !== 0) add(distance > 0 ? "newer" : "older");
  if (source === "observed" && declared !== null && minor(declared) !== minor(version)) add("declared", declared);
  const newest = [...replicas.values()].sort(compare).at(-1);
  if (newest !== undefined && minor(newest) !== minor(version)) add("replicas", newest);
  return gaps;
}

function plain(version: string): string {
  return version.replace(/^v/, "");
}

/** `v0.28.1` → `0.28`; a profile's build (`0.28-upstream`) says nothing about the version. */
function minor(version: string): string {
  return /^\d+\.\d+/.exec(plain(version))?.[0] ?? version;
}

function compare(a: string, b: string): number {
  return plain(a).localeCompare(plain(b), "en", { numeric: true });
}
