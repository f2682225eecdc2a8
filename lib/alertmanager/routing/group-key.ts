import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { toBytes } from "../go/bytes";
import { goQuote } from "../go/quote";
import { compareBytes } from "../go/value";
import { printMatchers } from "../matchers";
import type { TargetProfile } from "../profiles";
import type { CompiledRoute } from "./compile-routes";

/** Upstream's `Route.Key`: the matchers from the root on, `{}/{team="a"}/{severity="critical"}`. */
export function routeKey(route: CompiledRoute): string {
  const ways = lineage(route);
  // Matchers are injected into what becomes a first-level route below the owner's root.
  return [...aboveOf(ways), ...ways.map(({ matchers }) => printMatchers(matchers))].join("/");
}

function aboveOf([root]: readonly CompiledRoute[]): string[] {
  return root && root.injected.length > 0 ? ["{}"] : [];
}

/** Upstream's `Route.ID`: as the key, with the position behind each route below the root: `{}/{team="a"}/0`. Of a root with injected matchers nobody here knows the position. */
export function routeId(route: CompiledRoute): string {
  const ways = lineage(route);
  const own = ways.map(({ parent, matchers, position }) => printMatchers(matchers) + (parent ? `/${position}` : ""));
  return [...aboveOf(ways), ...own].join("/");
}

/** The route with all above it, the root first. */
export function lineage(route: CompiledRoute): CompiledRoute[] {
  const found: CompiledRoute[] = [];
  for (let at: CompiledRoute | null = route; at; at = at.parent) found.push(at);
  return found.reverse();
}

/** A label set as Go prints it: `{a="x", b="y"}`; names are not quoted. */
export function printLabels(labels: Readonly<Record<string, string>>, profile: TargetProfile): string {
  const pairs = Object.entries(labels).map(([name, value]) => {
    const text = `${name}=${goQuote(value)}`;
    // Before 0.28 the printed pairs were sorted, which puts `a1` before `a`.
    return { text, key: toBytes(profile.reaches("0.28") ? name : text) };
  });
  pairs.sort((left, right) => compareBytes(left.key, right.key));
  return `{${pairs.map(({ text }) => text).join(", ")}}`;
}

/** The group key's SHA-256 in hex: PagerDuty's `dedup_key`, OpsGenie's alias, and so on. */
export function groupKeyHash(groupKey: string): string {
  return bytesToHex(sha256(new TextEncoder().encode(groupKey)));
}
