import { randomUUID } from "node:crypto";
import { Prisma, withPlatform, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { parseInput } from "./command";
import { systemContext } from "./context";
import { createTenantInputSchema, type TenantDto } from "./contract";
import { grantMembership } from "./members";
import { recordOnPlatform } from "./platform-log";

/** Every tenant of the installation, without any content. For operators, claim mapping and background work. */
export async function allTenants(): Promise<TenantDto[]> {
  const rows = await withPlatform(
    (tx) => tx.$queryRaw<{ id: string; slug: string; name: string; created_at: Date; members: bigint }[]>`
      SELECT id, slug, name, created_at, members FROM all_tenants()`,
  );
  return rows.map(({ created_at, members, ...tenant }) => ({
    ...tenant,
    createdAt: created_at.toISOString(),
    members: Number(members),
  }));
}

/** Makes a tenant whose first admin is the actor. The caller has checked that they are an operator. */
export async function createTenant(
  actor: { personId: string; requestId?: string },
  input: unknown,
): Promise<TenantDto> {
  const { slug, name } = parseInput(createTenantInputSchema, input);
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
  return { id, slug, name, createdAt: createdAt.toISOString(), members: 1 };
}
