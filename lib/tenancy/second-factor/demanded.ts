import { onPlatform } from "@/lib/database";
import { env } from "@/lib/env";

/** The tenants that demand a second factor of this person, in the role that they have there. */
export async function demandedOf(personId: string): Promise<ReadonlySet<string>> {
  const rows = await onPlatform(
    (tx) => tx.$queryRaw<{ tenant_id: string }[]>`SELECT tenant_id FROM second_factor_demanded_of(${personId}::uuid)`,
  );
  return new Set(rows.map((row) => row.tenant_id));
}

/** The installation demands one of everybody, in whatever tenant. */
export const demandedOfEverybody = (): boolean => env().REQUIRE_SECOND_FACTOR === "yes";
