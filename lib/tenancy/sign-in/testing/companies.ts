import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { TestDatabase } from "@/lib/testing/database";
import type { TenantContext } from "../../context";
import { tenantsOf } from "../../memberships-of";
import { enter, liveSession, openSession } from "../../sessions";
import { standingsOf } from "../../standings";
import type { ProviderInput } from "../contract";
import { signInThroughTenant } from "../people";
import { providerIdOf, usableProvider } from "../providers";
import { entryOf, rulesOf } from "../rules";
import { addSignInDomain, confirmSignInDomain, setSignInProvider } from "../settings";

export const settings = (more: Partial<ProviderInput> = {}): ProviderInput => ({
  name: "Company",
  issuer: "https://id.example",
  clientId: "signalbox",
  clientSecret: "hush-hush",
  scopes: "openid email profile",
  roleMap: { claim: "groups", map: { sre: "editor", leads: "admin" }, otherwise: null },
  enabled: true,
  ...more,
});

export interface Company {
  ctx: TenantContext;
  domain: string;
  signIn(sub: string, claims?: Record<string, unknown>): Promise<string | null>;
}

export async function companyIn(database: TestDatabase, more: Partial<ProviderInput> = {}): Promise<Company> {
  const ctx = await database.addTenant("admin");
  const domain = `${ctx.tenantSlug}.example`;
  await setSignInProvider(ctx, settings(more));
  await addSignInDomain(ctx, { domain });
  await confirmSignInDomain(ctx, domain);
  return { ctx, domain, signIn: (sub, claims) => signIn(ctx, sub, { email: `${sub}@${domain}`, ...claims }) };
}

export async function signIn(ctx: TenantContext, sub: string, claims: Record<string, unknown>): Promise<string | null> {
  const provider = await usableProvider(providerIdOf(ctx.tenantId));
  return provider && signInThroughTenant(provider, { sub, groups: ["sre"], ...claims });
}

/** A session as signing in opens it; `through` a tenant's service, or with a password. */
export async function sessionOf(personId: string, through?: TenantContext) {
  const providerId = through ? providerIdOf(through.tenantId) : null;
  const device = { userAgent: "of a test", address: "192.0.2.1" };
  const token = await openSession(personId, through ? "oidc" : "password", device, { providerId });
  return { ...(await liveSession(token))!, key: token.key };
}

export async function entry(session: Awaited<ReturnType<typeof sessionOf>>, ctx: TenantContext): Promise<string> {
  const tenant = (await tenantsOf(session.personId)).find(({ id }) => id === ctx.tenantId);
  const rule = (await rulesOf(session.personId)).get(ctx.tenantId);
  // What a request asks in one statement says the same.
  const standing = (await enter(session, ctx.tenantSlug))?.standing ?? undefined;
  expect([standing?.tenant, standing?.rule]).toEqual([tenant, tenant && rule]);
  expect((await standingsOf(session.personId)).find(({ tenant: { id } }) => id === ctx.tenantId)).toEqual(standing);
  return tenant ? entryOf(session, tenant.role, rule) : "no member";
}

export async function addPersonTo(
  database: TestDatabase,
  email: string,
  more: { password?: true; operator?: true } = {},
): Promise<string> {
  const [row] = await database.asOwner<{ id: string }>(
    `INSERT INTO people (id, email, name, password_hash, is_operator, first_signed_in_at)
     VALUES ($1, $2, $2, $3, $4, now()) RETURNING id`,
    [randomUUID(), email, more.password ? "hash" : null, more.operator ?? false],
  );
  return row!.id;
}
