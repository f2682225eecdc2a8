import { randomUUID } from "node:crypto";
import { onPlatform, Prisma, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { parseInput } from "./command";
import { systemContext } from "./context";
import { createTenantInputSchema, type TenantDto } from "./contract";
import { grantMembership } from "./members";
import { recordOnPlatform } from "./platform-log";
import type { TenantState, TierName } from "./tiers/contract";
import { editTenant } from "./tiers/tenant-life";

export interface KnownTenant {
  id: string;
  slug: string;
  name: string;
  createdAt: string;
  tier: TierName;
  state: TenantState;
}

/** Every tenant of the installation, for background work, which visits each. */
export async function allTenants(): Promise<KnownTenant[]> {
  const rows = await onPlatform(
    (client) => client.$queryRaw<(Omit<KnownTenant, "createdAt"> & { created_at: Date })[]>`
      SELECT id, slug, name, created_at, tier, state FROM all_tenants()`,
  );
  return rows.map(({ created_at, ...tenant }) => ({ ...tenant, createdAt: created_at.toISOString() }));
}

/** The few that background work about targets has to visit. */
export function tenantsWithTargets(): Promise<Pick<KnownTenant, "id" | "state">[]> {
  return onPlatform(
    (client) => client.$queryRaw<Pick<KnownTenant, "id" | "state">[]>`SELECT id, state FROM tenants_with_targets()`,
  );
}

/** Those of these slugs that are there. */
export function tenantsOfSlugs(slugs: Iterable<string>): Promise<{ id: string; slug: string }[]> {
  return onPlatform(
    (client) => client.$queryRaw<{ id: string; slug: string }[]>`
      SELECT id, slug FROM tenants_of_slugs(${[...slugs]}::text[])`,
  );
}

/** Makes a tenant whose first admin is the actor. The caller has checked that they are an operator. */
export async function createTenant(
  actor: { personId: string; requestId?: string },
  input: unknown,
): Promise<TenantDto> {
  const { slug, name, tier } = parseInput(createTenantInputSchema, input);
  const id = randomUUID();
  const createdAt = new Date();
  try {
    await withTenant(id, (tx) => tx.tenant.create({ data: { id, slug, name, createdAt } }));
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") throw error;
    throw new AppError("conflict", `There is a tenant called ${slug} already. Choose another name.`);
  }
  const { personId, requestId } = actor;
  await grantMembership(await systemContext(id, requestId), { personId, role: "admin", source: "bootstrap" });
  await recordOnPlatform(
    "TenantCreated",
    { tenant: id, slug },
    { actor: personId, ...(requestId ? { requestId } : {}) },
  );
  if (tier !== undefined) {
    const operator = { personId, isOperator: true, requestId: requestId ?? "background" };
    await editTenant(operator, { tenantId: id, tier, overrides: {} });
  }
  return { id, slug, name, createdAt: createdAt.toISOString(), members: 1 };
}
