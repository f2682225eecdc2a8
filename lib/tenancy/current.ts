import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import { cache } from "react";
import { AppError } from "@/lib/errors";
import { recordPlatformRefusal } from "./audit/refusals";
import { systemContext, type TenantContext } from "./context";
import type { Me } from "./contract";
import { noteMemberUse } from "./members-use";
import { refreshWhenDue } from "./oidc-tokens";
import { demandedOfEverybody } from "./second-factor/demanded";
import { meetsDemand } from "./second-factor/strength";
import { currentSessionToken } from "./session-cookie";
import { enter, type LiveSession } from "./sessions";
import { recordBreakGlass } from "./sign-in/break-glass";
import { entryOf } from "./sign-in/rules";
import { type Standing, standingsOf } from "./standings";

interface Entered {
  session: LiveSession;
  standing: Standing | null;
}

// Once per request: the layout, the page and their metadata all ask.
const entered = cache(async (slug: string | null): Promise<Entered | null> => {
  const token = await currentSessionToken();
  const found = token && (await enter(token, slug));
  return found && (await refreshWhenDue(found.session)) ? found : null;
});

async function requestId(): Promise<string> {
  return (await headers()).get("x-request-id") ?? randomUUID();
}

async function resolve(slug: string | null): Promise<Entered> {
  const found = await entered(slug);
  if (!found) throw new AppError("unauthenticated", "Sign in to go on.");
  return found;
}

function refusePending({ pending }: LiveSession): void {
  if (pending) throw new AppError("second_factor_required", "Show your second factor to go on.");
}

/** Who asks, also where their second factor is still to come. Throws `unauthenticated`. */
export async function resolvePending(): Promise<LiveSession> {
  return (await resolve(null)).session;
}

/** Who asks, also where the installation demands a second factor that they are still to set up; otherwise as `resolvePerson`. */
export async function resolveSettingUp(): Promise<LiveSession> {
  const session = await resolvePending();
  refusePending(session);
  return session;
}

/** Who asks. Throws `unauthenticated`, and `second_factor_required` while that is still to come. */
export async function resolvePerson(): Promise<LiveSession> {
  const session = await resolveSettingUp();
  if (demandedOfEverybody() && !meetsDemand(session)) {
    throw new AppError("second_factor_required", "This installation demands a second factor. Set one up to go on.");
  }
  return session;
}

/** Throws `forbidden`, and records it, for everybody who does not operate this installation. */
export async function resolveOperator(): Promise<LiveSession> {
  const session = await resolvePerson();
  if (session.isOperator) return session;
  await recordPlatformRefusal({ actor: session.personId, requestId: await requestId() });
  throw new AppError("forbidden", "Only operators of this installation may do this.");
}

/** An operator acting in a tenant that they need not belong to, as operators' verbs take it. */
export async function operatorContext(session: LiveSession, tenantId: string): Promise<TenantContext> {
  if (!session.isOperator) throw new AppError("forbidden", "Only operators of this installation may do this.");
  const actor = { type: "person", id: session.personId } as const;
  return { ...(await systemContext(tenantId, await requestId())), actor, session: sessionOf(session, false) };
}

function sessionOf({ id, factors, steppedUpAt, hasSecondFactor }: LiveSession, demanded: boolean) {
  return { id, factors, steppedUpAt, asked: demanded || hasSecondFactor };
}

export async function currentMe(): Promise<Me> {
  const session = await resolvePerson();
  const { id, personId, name, email, isOperator, passwordHash } = session;
  const tenants = (await standingsOf(personId))
    .filter(({ tenant, rule }) => entryOf(session, tenant.role, rule) !== "foreign")
    .map(({ tenant: { source: _source, ...tenant } }) => tenant);
  return { id: personId, name, email, isOperator, hasPassword: passwordHash !== null, sessionId: id, tenants };
}

/** `not_found` alike for a tenant that is not there and for one that this person is no member of. */
export async function resolveTenant(slug: string): Promise<TenantContext> {
  const { session, standing } = await resolve(slug);
  refusePending(session);
  const { personId } = session;
  const entry = standing ? entryOf(session, standing.tenant.role, standing.rule) : "foreign";
  if (!standing || entry === "foreign") {
    throw new AppError("not_found", "There is no such tenant, or you are not a member of it.");
  }
  const { tenant } = standing;
  const demanded = standing.demanded || demandedOfEverybody();
  if (entry === "sso_required") {
    throw new AppError("sso_required", `${tenant.name} wants you to sign in through its own service.`, {
      tenant: slug,
    });
  }
  if (demanded && !meetsDemand(session)) {
    const who = standing.demanded ? tenant.name : "This installation";
    throw new AppError("second_factor_required", `${who} demands a second factor. Set one up to go on.`, {
      tenant: slug,
    });
  }
  if (entry === "break_glass") await recordBreakGlass(session, tenant.id, await requestId());
  await noteMemberUse(tenant.id, personId);
  return {
    tenantId: tenant.id,
    tenantSlug: tenant.slug,
    tenantName: tenant.name,
    actor: { type: "person", id: personId },
    role: tenant.role,
    requestId: await requestId(),
    session: sessionOf(session, demanded),
    ...(entry === "break_glass" ? { breakGlass: true as const } : {}),
  };
}
