import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { AppError } from "@/lib/errors";
import { authOptions } from "./auth-options";
import { systemContext, type TenantContext } from "./context";
import type { Me } from "./contract";
import { tenantsOf } from "./memberships-of";
import { refreshWhenDue } from "./oidc-tokens";
import { recordOnPlatform } from "./platform-log";
import { type LiveSession, liveSession } from "./sessions";
import { recordBreakGlass } from "./sign-in/break-glass";
import { entryOf, rulesOf } from "./sign-in/rules";

// Once per request: the layout, the page and their metadata all ask.
const currentSession = cache(async (): Promise<LiveSession | null> => {
  const cookie: { sid?: unknown } | null = await getServerSession(authOptions());
  const session = cookie?.sid ? await liveSession(cookie.sid) : null;
  return session && (await refreshWhenDue(session)) ? session : null;
});

async function requestId(): Promise<string> {
  return (await headers()).get("x-request-id") ?? randomUUID();
}

/** Who asks. Throws `unauthenticated`. */
export async function resolvePerson(): Promise<LiveSession> {
  const session = await currentSession();
  if (!session) throw new AppError("unauthenticated", "Sign in to go on.");
  return session;
}

/** Throws `forbidden`, and records it, for everybody who does not operate this installation. */
export async function resolveOperator(): Promise<LiveSession> {
  const session = await resolvePerson();
  if (session.isOperator) return session;
  const by = { actor: session.personId, requestId: await requestId() };
  await recordOnPlatform("Refused", { permission: "platform:operate" }, by);
  throw new AppError("forbidden", "Only operators of this installation may do this.");
}

/** An operator acting in a tenant that they need not belong to, as operators' verbs take it. */
export async function operatorContext(session: LiveSession, tenantId: string): Promise<TenantContext> {
  if (!session.isOperator) throw new AppError("forbidden", "Only operators of this installation may do this.");
  return { ...(await systemContext(tenantId, await requestId())), actor: { type: "person", id: session.personId } };
}

export async function currentMe(): Promise<Me> {
  const session = await resolvePerson();
  const { id, personId, name, email, isOperator, passwordHash } = session;
  const [all, rules] = await Promise.all([tenantsOf(personId), rulesOf(personId)]);
  const tenants = all
    .filter((tenant) => entryOf(session, tenant.role, rules.get(tenant.id)) !== "foreign")
    .map(({ source: _source, ...tenant }) => tenant);
  return { id: personId, name, email, isOperator, hasPassword: passwordHash !== null, sessionId: id, tenants };
}

/** `not_found` alike for a tenant that is not there and for one that this person is no member of. */
export async function resolveTenant(slug: string): Promise<TenantContext> {
  const session = await resolvePerson();
  const { personId } = session;
  const [tenants, rules] = await Promise.all([tenantsOf(personId), rulesOf(personId)]);
  const tenant = tenants.find((candidate) => candidate.slug === slug);
  const entry = tenant ? entryOf(session, tenant.role, rules.get(tenant.id)) : "foreign";
  if (!tenant || entry === "foreign") {
    throw new AppError("not_found", "There is no such tenant, or you are not a member of it.");
  }
  if (entry === "sso_required") {
    throw new AppError("sso_required", `${tenant.name} wants you to sign in through its own service.`, {
      tenant: slug,
    });
  }
  if (entry === "break_glass") await recordBreakGlass(session, tenant.id, await requestId());
  return {
    tenantId: tenant.id,
    tenantSlug: tenant.slug,
    tenantName: tenant.name,
    actor: { type: "person", id: personId },
    role: tenant.role,
    requestId: await requestId(),
    ...(entry === "break_glass" ? { breakGlass: true as const } : {}),
  };
}
