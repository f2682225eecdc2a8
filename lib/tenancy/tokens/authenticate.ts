import { randomUUID } from "node:crypto";
import { onPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { recordDeadToken, recordTokenRefusal } from "../audit/token-refusals";
import type { TenantContext } from "../context";
import { type Role, roleSchema } from "../contract";
import { limitTokenGuesses } from "../rate-limits";
import { refuseWithout } from "../tiers/enforce";
import { planOf } from "../tiers/plan-of";
import { isFor, readAccessToken } from "./access-token";
import { isSecret, secretHash } from "./secret-text";

const TOUCH_MS = 60_000;

export interface LiveToken {
  id: string;
  tenant_id: string;
  slug: string;
  tenant_name: string;
  person_id: string | null;
  /** The person's now, or the service account's own. */
  role: Role;
  scopes: string[];
  expires_at: Date;
  last_used_at: Date | null;
}

export interface Caller {
  /** The client's address. */
  address: string;
  requestId?: string;
}

/** The token behind its text, if it is not over in any way. */
export async function liveToken(secret: string): Promise<LiveToken | null> {
  if (!isSecret("sbx", secret)) return null;
  const hash = secretHash(secret);
  return first(await onPlatform((tx) => tx.$queryRaw<LiveToken[]>`SELECT * FROM api_token_of_hash(${hash})`));
}

function first([row]: LiveToken[]): LiveToken | null {
  return row ? { ...row, role: roleSchema.parse(row.role) } : null;
}

/** At most one write a minute, whatever a program does. */
export async function noteUse({ id, last_used_at: last }: LiveToken, { address }: Caller): Promise<void> {
  if (last && Date.now() - last.getTime() < TOUCH_MS) return;
  await onPlatform((tx) => tx.$executeRaw`SELECT touch_api_token(${id}::uuid, ${address})`);
}

/** Always the same words: why a token is worth nothing is its owner's business, who sees it in the list. */
export function notValid(): AppError {
  return new AppError(
    "unauthenticated",
    "This token is not valid: unknown, run out or revoked, or its person is no member any more.",
  );
}

/** For one that nobody ever had, as far as we know. */
export function guessed({ address }: Caller): AppError {
  limitTokenGuesses(address);
  return notValid();
}

export function contextOf(token: LiveToken, scopes: readonly string[], requestId: string): TenantContext {
  return {
    tenantId: token.tenant_id,
    tenantSlug: token.slug,
    tenantName: token.tenant_name,
    actor: token.person_id ? { type: "person", id: token.person_id } : { type: "service", id: token.id },
    role: token.role,
    requestId,
    token: { id: token.id, scopes },
  };
}

/**
 * Who a program is, by its API token or an access token made of it: its person as what they are in the tenant now, narrowed to the scopes of the token.
 * `unauthenticated` for a token that is worth nothing, `not_found` for another tenant than its own, as for persons.
 */
export async function authenticateToken(bearer: string, tenantSlug: string, caller: Caller): Promise<TenantContext> {
  const known = bearer.startsWith("sbx_") ? await byApiToken(bearer) : await byAccessToken(bearer);
  if (!known) {
    // Before it is looked up why, so that guessing costs no more than it did.
    const refusal = guessed(caller);
    if (isSecret("sbx", bearer)) await recordDeadToken(secretHash(bearer), tenantSlug, caller);
    throw refusal;
  }
  const { token, scopes } = known;
  if (token.slug !== tenantSlug) {
    await recordTokenRefusal({ tenantId: token.tenant_id, id: token.id, reason: "other_tenant" }, caller);
    throw new AppError("not_found", "There is no such tenant, or this token is not for it.");
  }
  refuseWithout(await planOf(token.tenant_id), "tokens");
  await noteUse(token, caller);
  return contextOf(token, scopes, caller.requestId ?? randomUUID());
}

async function byApiToken(secret: string): Promise<{ token: LiveToken; scopes: readonly string[] } | null> {
  const token = await liveToken(secret);
  return token && { token, scopes: token.scopes };
}

async function byAccessToken(jwt: string): Promise<{ token: LiveToken; scopes: readonly string[] } | null> {
  const claims = await readAccessToken(jwt);
  if (!claims) return null;
  // Asked at each request, so that what is revoked ends with it and not when its time is over.
  const { family, audience, scopes } = claims;
  const token = first(
    await onPlatform((tx) => tx.$queryRaw<LiveToken[]>`SELECT * FROM api_token_of_family(${family}::uuid)`),
  );
  if (!token || !isFor(audience, token.tenant_id)) throw notValid();
  return { token, scopes: scopes.filter((scope) => token.scopes.includes(scope)) };
}

/**
 * For SCIM: a token with the scope `scim` may manage members there, and only there. `forbidden` without that scope, or when
 * its person is no admin any more.
 */
export async function authenticateProvisioning(
  bearer: string,
  tenantSlug: string,
  caller: Caller,
): Promise<TenantContext> {
  const ctx = await authenticateToken(bearer, tenantSlug, caller);
  if (!ctx.token?.scopes.includes("scim")) {
    throw new AppError("forbidden", "This token has no scope scim.", { permission: "scim" });
  }
  return { ...ctx, token: { id: ctx.token.id, scopes: ["members:view", "members:manage"] } };
}
