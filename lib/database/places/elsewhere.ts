import { withPlatform } from "../client";

/** Tenants that are not in the shared tables: functions that look across tenants do not see what they have. */
export async function tenantsElsewhere(): Promise<string[]> {
  const rows = await withPlatform(
    (tx) => tx.$queryRaw<{ place_tenant_id: string }[]>`SELECT place_tenant_id FROM tenants_elsewhere()`,
  );
  return rows.map(({ place_tenant_id }) => place_tenant_id);
}
