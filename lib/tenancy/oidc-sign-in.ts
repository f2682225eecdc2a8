import { randomUUID } from "node:crypto";
import { withPlatform } from "@/lib/database";
import { env } from "@/lib/env";
import { recordSignInFailure } from "./audit/sign-in-failures";
import { systemContext } from "./context";
import { grantWithinQuota } from "./grant-within-quota";
import { tenantsOf } from "./memberships-of";
import { type ClaimMapping, grantsFromClaims, parseClaimMapping } from "./oidc-claims";
import { recordOnPlatform } from "./platform-log";
import { tenantsOfSlugs } from "./tenants";

export interface Claims extends Record<string, unknown> {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
}

type Refusal = "no_email" | "unverified_email" | "no_membership";

/** The person behind a verified ID token, with memberships as the claims say; `null` when they may not come in. */
export async function signInWithOidc(issuer: string, claims: Claims): Promise<string | null> {
  const mapping = parseClaimMapping(env().OIDC_ROLE_MAP);
  const given = mapping ? grantsFromClaims(mapping, claims) : null;
  const found = await findPerson(`${issuer}|${claims.sub}`, claims, Boolean(given?.grants.size || given?.operator));
  if ("refusal" in found) {
    await recordSignInFailure({ method: "oidc", reason: found.refusal, person: null });
    return null;
  }
  const { personId } = found;
  if (mapping) await follow(mapping, personId, claims);
  const person = await withPlatform((tx) => tx.person.findUniqueOrThrow({ where: { id: personId } }));
  if (person.isOperator || (await tenantsOf(personId)).length > 0) return personId;
  await recordSignInFailure({ method: "oidc", reason: "no_membership", person: personId });
  return null;
}

async function findPerson(
  oidcSubject: string,
  { email: given, email_verified, name }: Claims,
  welcome: boolean,
): Promise<{ personId: string } | { refusal: Refusal }> {
  return withPlatform(async (tx) => {
    const known = await tx.person.findUnique({ where: { oidcSubject } });
    if (known) return { personId: known.id };
    const email = given?.trim().toLowerCase();
    if (!email) return { refusal: "no_email" };
    const sameAddress = await tx.person.findUnique({ where: { email } });
    // Whoever may choose the address at the provider must not become the person here who has it.
    if (sameAddress && (email_verified !== true || sameAddress.oidcSubject)) return { refusal: "unverified_email" };
    if (sameAddress) {
      await tx.person.update({ where: { id: sameAddress.id }, data: { oidcSubject } });
      return { personId: sameAddress.id };
    }
    if (!welcome) return { refusal: "no_membership" };
    const person = await tx.person.create({
      data: { id: randomUUID(), email, name: name?.trim() || email, oidcSubject },
    });
    return { personId: person.id };
  });
}

/** The provider decides what it once gave; what people gave by invitation stays unless the claims give something too. */
async function follow(mapping: ClaimMapping, personId: string, claims: Claims): Promise<void> {
  const { grants, operator } = grantsFromClaims(mapping, claims);
  if (operator !== null) {
    const changed = await withPlatform((tx) =>
      tx.person.updateMany({ where: { id: personId, NOT: { isOperator: operator } }, data: { isOperator: operator } }),
    );
    if (changed.count > 0) await recordOnPlatform(operator ? "OperatorAdded" : "OperatorRemoved", { person: personId });
  }
  const granted = await tenantsOfSlugs(grants.keys());
  const given = (await tenantsOf(personId)).filter(({ source }) => source === "oidc");
  for (const [id, slug] of new Map([...granted, ...given].map((tenant) => [tenant.id, tenant.slug]))) {
    const role = grants.get(slug) ?? null;
    await grantWithinQuota(await systemContext(id, "oidc-sign-in"), { personId, role, source: "oidc" });
  }
}
