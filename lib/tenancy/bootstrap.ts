import { randomUUID } from "node:crypto";
import { withPlatform } from "@/lib/database";
import { env } from "@/lib/env";
import { checkKey } from "@/lib/secrets";
import { parseClaimMapping } from "./oidc-claims";
import { recordOnPlatform } from "./platform-log";
import { issueLink, type OneTimeLink } from "./sign-in-link";
import { allTenants, createTenant } from "./tenants";

export interface Bootstrap {
  /** Present until somebody signed in for the first time; to be printed, never stored. */
  link: OneTimeLink | null;
  /** The demo tenant when this call made it: its content is the caller's to seed. */
  created: { tenantId: string; tenantSlug: string; adminId: string } | null;
}

const ADMIN = { email: "admin@signalbox.example", name: "First admin" };
const DEMO = { slug: "demo", name: "Meridian Bank" };
const BOOTSTRAP_LOCK = 72_707_370;

/** Makes what an empty installation needs. Harmless when called again; replicas may call it at once. */
export async function bootstrap(): Promise<Bootstrap> {
  // Here and not at somebody's first sign-in.
  parseClaimMapping(env().OIDC_ROLE_MAP);
  await checkKey();
  const first = await withPlatform(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(${BOOTSTRAP_LOCK}::bigint)::text`;
    if (await tx.person.count({ where: { firstSignedInAt: { not: null } } })) return null;
    const known = await tx.person.findFirst({ where: { isOperator: true }, orderBy: { createdAt: "asc" } });
    const admin = known ?? (await tx.person.create({ data: { id: randomUUID(), ...ADMIN, isOperator: true } }));
    return { adminId: admin.id, made: !known, link: await issueLink(tx, admin.id, "sign-in") };
  });
  if (!first) return { link: null, created: null };
  if (first.made) await recordOnPlatform("InstallationCreated", { operator: first.adminId });
  // Asked for apart from the person, so that a start killed between the two is completed by the next.
  if ((await allTenants()).length > 0) return { link: first.link, created: null };
  const tenant = await createTenant({ personId: first.adminId }, DEMO);
  return {
    link: first.link,
    created: { tenantId: tenant.id, tenantSlug: tenant.slug, adminId: first.adminId },
  };
}
