import type { TokenScope } from "@/lib/tenancy/tokens/contract";

/** Scopes by what they are about: `configuration:edit` belongs to `configuration`. Orders stay. */
export function scopeGroups(scopes: readonly TokenScope[]): [group: string, scopes: TokenScope[]][] {
  const groups = new Map<string, TokenScope[]>();
  for (const scope of scopes) {
    const [group = scope] = scope.split(":");
    groups.set(group, [...(groups.get(group) ?? []), scope]);
  }
  return [...groups];
}

/** Lifetimes to choose from, in days; the longest is what the tenant allows. */
export function lifetimes(maxDays: number): number[] {
  return [...new Set([7, 30, 90, 180, 365].filter((days) => days < maxDays).concat(maxDays))];
}
