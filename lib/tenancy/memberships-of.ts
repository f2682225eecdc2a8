import { onPlatform, type Transaction } from "@/lib/database";
import type { MemberDto, Role } from "./contract";

export interface PersonsTenant {
  id: string;
  slug: string;
  name: string;
  role: Role;
  source: MemberDto["source"];
}

/** Where a person may go. */
export function membershipsOf(tx: Transaction, personId: string): Promise<PersonsTenant[]> {
  return tx.$queryRaw<PersonsTenant[]>`
    SELECT tenant_id AS id, slug, name, role, source FROM memberships_of(${personId}::uuid)`;
}

export function tenantsOf(personId: string): Promise<PersonsTenant[]> {
  return onPlatform((tx) => membershipsOf(tx, personId));
}
