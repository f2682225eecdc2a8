import { randomUUID } from "node:crypto";
import { Prisma, type Transaction, withDirectory } from "@/lib/database";
import { recordSignInFailure } from "../audit/sign-in-failures";
import { systemContext } from "../context";
import type { Role } from "../contract";
import { grantWithinQuota } from "../grant-within-quota";
import type { Grants } from "../grants/contract";
import { roleOfGroups } from "../groups/contract";
import { groupMapping } from "../groups/mapping";
import { claimValues, grantsFromClaims } from "../oidc-claims";
import type { RoleMap, TestOutcome } from "./contract";
import { domainOf, type UsableProvider } from "./providers";

export type ProviderClaims = Readonly<Record<string, unknown>> & { sub: string };
type Problem = NonNullable<TestOutcome["problem"]>;

const LONGEST_EMAIL = 254;

/** The role that the claims themselves give in this tenant. */
function mappedRole({ claim, map }: RoleMap, tenant: string, claims: ProviderClaims): Role | null {
  const grants = Object.entries(map).map(([value, role]) => [value, [{ tenant, role }]]);
  return grantsFromClaims({ claim, map: Object.fromEntries(grants) }, claims).grants.get(tenant) ?? null;
}

/** The address, where the provider may speak for it: in a domain that was proven to be the tenant's. */
async function judgedAddress(
  tx: Transaction,
  tenantId: string,
  claims: ProviderClaims,
): Promise<{ email: string } | { problem: Problem }> {
  const email = typeof claims.email === "string" ? claims.email.trim().toLowerCase() : "";
  if (!/^[^@\s]+@[^@\s]+$/.test(email) || email.length > LONGEST_EMAIL) return { problem: "no_email" };
  if (claims.email_verified === false) return { problem: "unverified_email" };
  const domain = await tx.signInDomain.findFirst({
    where: { tenantId, domain: domainOf(email), verifiedAt: { not: null } },
  });
  return domain ? { email } : { problem: "foreign_domain" };
}

interface Judged {
  personId: string | null;
  email: string | null;
  role: Role | null;
  /** Absent: as they are. */
  grants?: Grants | null;
  problem: Problem | null;
}

/**
 * Who the claims speak of and what they give, without changing anything. Known are people by the provider's subject; by their
 * address only where its domain was proven to be this tenant's, so that nobody's provider makes them somebody of another.
 */
export async function judgeClaims(
  tx: Transaction,
  { tenantId, slug, issuer, roleMap }: { tenantId: string; slug: string; issuer: string; roleMap: RoleMap },
  claims: ProviderClaims,
): Promise<Judged> {
  const subject = subjectOf(issuer, claims);
  const known = await tx.signInIdentity.findUnique({ where: { tenantId_subject: { tenantId, subject } } });
  const address = await judgedAddress(tx, tenantId, claims);
  const email = "email" in address ? address.email : null;
  const person = known ? { id: known.personId } : email && (await tx.person.findUnique({ where: { email } }));
  const personId = person ? person.id : null;
  const member = personId && (await tx.membership.findUnique({ where: { tenantId_personId: { tenantId, personId } } }));
  // What people gave stays; what the claims gave follows them.
  const kept = member && member.source !== "sso" ? (member.role as Role) : null;
  // The tenant's table of groups speaks for directories and services alike, and knows limits.
  const byGroup = roleOfGroups(await groupMapping(tx), claimValues(claims, roleMap.claim));
  const role = byGroup?.role ?? mappedRole(roleMap, slug, claims) ?? kept ?? roleMap.otherwise;
  const unknown = !known && "problem" in address ? address.problem : null;
  return {
    personId,
    email,
    role,
    ...(byGroup ? { grants: byGroup.grants } : {}),
    problem: unknown ?? (role ? null : "no_role"),
  };
}

const subjectOf = (issuer: string, { sub }: ProviderClaims) => `${issuer}|${sub}`;

/** The person behind a checked ID token of a tenant's provider, now a member with the role that the claims give; or `null`. */
export async function signInThroughTenant(provider: UsableProvider, claims: ProviderClaims): Promise<string | null> {
  const { tenantId, tenantSlug: slug, settings } = provider;
  const judge = (tx: Transaction) => judgeClaims(tx, { tenantId, slug, ...settings }, claims);
  const come = () =>
    withDirectory(tenantId, async (tx): Promise<Judged> => {
      const judged = await judge(tx);
      if (judged.problem) return judged;
      const personId = judged.personId ?? (await addPerson(tx, judged.email ?? "", claims));
      const subject = subjectOf(settings.issuer, claims);
      const create = { tenantId, subject, personId, createdAt: new Date() };
      await tx.signInIdentity.upsert({ where: { tenantId_subject: { tenantId, subject } }, create, update: {} });
      return { ...judged, personId };
    });
  const { personId, role, grants, problem } = await come().catch((error: unknown) => {
    // The same new person came twice in one moment; now they are known.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") return come();
    throw error;
  });
  if (personId) await follow(provider, { personId, role, ...(grants === undefined ? {} : { grants }) });
  const reason = problem ?? (personId && (await isMember(tenantId, personId)) ? null : "no_membership");
  if (reason === null) return personId;
  await recordSignInFailure({ method: "oidc", tenant: tenantId, reason, person: personId });
  return null;
}

// Where there is no room for another one, or the tenant's directory let them go, the claims give nothing.
async function isMember(tenantId: string, personId: string): Promise<boolean> {
  const key = { tenantId_personId: { tenantId, personId } };
  return (await withDirectory(tenantId, (tx) => tx.membership.findUnique({ where: key }))) !== null;
}

async function addPerson(tx: Transaction, email: string, { name }: ProviderClaims): Promise<string> {
  const shown = typeof name === "string" ? name.trim().slice(0, 120) : "";
  const person = await tx.person.create({ data: { id: randomUUID(), email, name: shown || email } });
  return person.id;
}

/** Gives and takes the role; the last admin who can come in stays one, whatever the claims say. */
async function follow(
  { tenantId }: UsableProvider,
  given: Pick<Judged, "role" | "grants"> & { personId: string },
): Promise<void> {
  const { personId, role, grants } = given;
  const only = await withDirectory(tenantId, async (tx) => {
    const member = await tx.membership.findUnique({ where: { tenantId_personId: { tenantId, personId } } });
    if (member && member.source !== "sso" && member.role === role && grants === undefined) return true;
    if (member?.role !== "admin" || role === "admin") return false;
    const active = { firstSignedInAt: { not: null } };
    return (await tx.membership.count({ where: { role: "admin", NOT: { personId }, person: active } })) === 0;
  });
  if (only) return;
  await grantWithinQuota(await systemContext(tenantId, "sso-sign-in"), { ...given, source: "sso" });
}
