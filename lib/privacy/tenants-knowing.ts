import { onPlatform } from "@/lib/database";

export interface KnowingTenant {
  id: string;
  slug: string;
}

/** Tenants that may have rows of this person, deleted ones too, by id: who shares tables and has none is left out. */
export function tenantsKnowing(personId: string): Promise<KnowingTenant[]> {
  return onPlatform((tx) => tx.$queryRaw<KnowingTenant[]>`SELECT id, slug FROM tenants_knowing(${personId}::uuid)`);
}
