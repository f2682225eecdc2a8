import { onPlatform } from "@/lib/database";
import type { PersonsTenant } from "./memberships-of";
import type { SignInRule } from "./sign-in/rules";

/** What a person is in a tenant, and what that tenant asks of their session. */
export interface Standing {
  tenant: PersonsTenant;
  rule: SignInRule | undefined;
  /** The tenant wants a second factor of them, in the role that they have. */
  demanded: boolean;
}

export interface StandingRow {
  tenant_id: string;
  slug: string;
  tenant_name: string;
  role: PersonsTenant["role"];
  source: PersonsTenant["source"];
  rule_id: string | null;
  enforced: boolean;
  break_glass: boolean;
  demanded: boolean;
}

export function standingFrom(row: StandingRow): Standing {
  const { tenant_id: id, slug, tenant_name: name, role, source, rule_id: providerId, enforced, demanded } = row;
  return {
    tenant: { id, slug, name, role, source },
    rule: providerId === null ? undefined : { providerId, enforced, breakGlass: row.break_glass },
    demanded,
  };
}

/** In each of their tenants, by name. */
export async function standingsOf(personId: string): Promise<Standing[]> {
  const rows = await onPlatform(
    (tx) => tx.$queryRaw<StandingRow[]>`
      SELECT tenant_id, slug, name AS tenant_name, role, source, rule_id, enforced, break_glass, demanded
      FROM standings_of(${personId}::uuid, NULL)`,
  );
  return rows.map(standingFrom);
}
