import { randomUUID } from "node:crypto";
import { z } from "zod";
import { onPlatform, withPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import type { SessionDto } from "./contract";
import { recordOnPlatform } from "./platform-log";
import { requireStepUp } from "./second-factor/require-step-up";
import { isPending } from "./second-factor/strength";
import { hashOfKey, newSessionKey, type SessionToken } from "./session-keys";
import { type Standing, type StandingRow, standingFrom } from "./standings";

const HOUR = 3_600_000;
/** A session ends after this time whatever happens … */
export const SESSION_HOURS = 7 * 24;
/** … and after this time without a request. */
const IDLE_HOURS = 12;
const TOUCH_MS = 60_000;

export type SignInMethod = SessionDto["method"];

export interface LiveSession {
  id: string;
  personId: string;
  name: string;
  email: string;
  isOperator: boolean;
  passwordHash: string | null;
  createdAt: Date;
  refreshAfter: Date | null;
  /** The tenant's sign-in service that vouches for it, in that tenant only; `null`: the installation's own ways. */
  providerId: string | null;
  hasSecondFactor: boolean;
  /** What was shown in this session: how they signed in, and what second factors. */
  factors: string[];
  /** When they last proved who they are. */
  steppedUpAt: Date;
  /** Waits for the second factor and opens nothing else. */
  pending: boolean;
  /** Of the key that the request came with. */
  keyHash: Uint8Array<ArrayBuffer>;
  /** Set when the session got a new key meanwhile: its cookie goes out with the answer. */
  renewed?: SessionToken;
}

export interface Device {
  userAgent: string;
  address: string;
}

export async function openSession(
  personId: string,
  method: SignInMethod,
  device: Device,
  { providerId = null, twoFactors = false }: { providerId?: string | null; twoFactors?: boolean } = {},
): Promise<SessionToken> {
  const id = randomUUID();
  const key = newSessionKey();
  const now = new Date();
  await withPlatform(async (tx) => {
    await tx.person.updateMany({ where: { id: personId, firstSignedInAt: null }, data: { firstSignedInAt: now } });
    await tx.authSession.create({
      data: {
        id,
        personId,
        method,
        providerId,
        // `mfa`: a sign-in service says that it asked for two factors.
        factors: [method, ...(twoFactors ? ["mfa"] : [])],
        steppedUpAt: now,
        keyHash: hashOfKey(key),
        userAgent: device.userAgent.slice(0, 300),
        clientAddress: device.address,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + SESSION_HOURS * HOUR),
      },
    });
  });
  const through = providerId ? { provider: providerId } : {};
  await recordOnPlatform("SignedIn", { method, session: id, ...through }, { actor: personId });
  return { id, key };
}

function alive(now: Date) {
  return { revokedAt: null, expiresAt: { gt: now }, lastSeenAt: { gt: new Date(now.getTime() - IDLE_HOURS * HOUR) } };
}

interface Row {
  id: string;
  person_id: string;
  name: string;
  email: string;
  is_operator: boolean;
  password_hash: string | null;
  created_at: Date;
  last_seen_at: Date;
  refresh_after: Date | null;
  provider_id: string | null;
  has_second_factor: boolean;
  factors: string[];
  stepped_up_at: Date;
}

/** The session behind a cookie, or `null` when it was ended, has run out or never was. */
export async function liveSession(token: SessionToken): Promise<LiveSession | null> {
  return (await enter(token, null))?.session ?? null;
}

/**
 * The same with where its person stands in the tenant of this slug, as of one moment and in one round trip: each request
 * begins with it.
 */
export async function enter(
  { id, key }: SessionToken,
  slug: string | null,
): Promise<{ session: LiveSession; standing: Standing | null } | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const keyHash = hashOfKey(key);
  const now = new Date();
  const idleSince = new Date(now.getTime() - IDLE_HOURS * HOUR);
  const [row] = await onPlatform(
    (tx) => tx.$queryRaw<(Row & Partial<StandingRow>)[]>`
      SELECT s.id, s.person_id, p.name, p.email, p.is_operator, p.password_hash, s.created_at, s.last_seen_at,
             s.refresh_after, s.provider_id, p.has_second_factor, s.factors, s.stepped_up_at,
             t.tenant_id, t.slug, t.name AS tenant_name, t.role, t.source, t.rule_id, t.enforced, t.break_glass, t.demanded
      FROM auth_sessions s
      JOIN people p ON p.id = s.person_id
      LEFT JOIN LATERAL standings_of(s.person_id, ${slug}) t ON ${slug}::text IS NOT NULL
      WHERE s.id = ${id}::uuid AND s.key_hash = ${keyHash} AND s.revoked_at IS NULL AND s.expires_at > ${now}::timestamptz
        AND s.last_seen_at > ${idleSince}::timestamptz`,
  );
  if (!row) return null;
  if (now.getTime() - row.last_seen_at.getTime() > TOUCH_MS) {
    await onPlatform((tx) => tx.authSession.updateMany({ where: { id: row.id }, data: { lastSeenAt: now } }));
  }
  return { session: sessionFrom(row, keyHash), standing: row.tenant_id ? standingFrom(row as StandingRow) : null };
}

function sessionFrom(row: Row, keyHash: Uint8Array<ArrayBuffer>): LiveSession {
  const { id, name, email, factors, has_second_factor: hasSecondFactor, provider_id: providerId } = row;
  return {
    id,
    personId: row.person_id,
    name,
    email,
    // No tenant's service makes an operator.
    isOperator: row.is_operator && !providerId,
    passwordHash: row.password_hash,
    createdAt: row.created_at,
    refreshAfter: row.refresh_after,
    providerId,
    hasSecondFactor,
    factors,
    steppedUpAt: row.stepped_up_at,
    pending: isPending({ hasSecondFactor, factors }),
    keyHash,
  };
}

export async function listSessions(personId: string, currentId: string): Promise<SessionDto[]> {
  const rows = await withPlatform((tx) =>
    tx.authSession.findMany({ where: { personId, ...alive(new Date()) }, orderBy: { lastSeenAt: "desc" } }),
  );
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    userAgent: row.userAgent,
    address: row.clientAddress,
    method: row.method as SignInMethod,
    factors: row.factors.filter((factor) => factor !== row.method),
    current: row.id === currentId,
  }));
}

/** Ends one session of this person: its cookie is worth nothing from the next request on. */
export async function endSession(personId: string, id: string, requestId?: string): Promise<void> {
  if (!z.uuid().safeParse(id).success || (await end({ personId, id })) === 0) {
    throw new AppError("not_found", "There is no such session.");
  }
  await recordOnPlatform("SessionEnded", { session: id }, { actor: personId, ...(requestId ? { requestId } : {}) });
}

/** As their person asks in the list; another than the one they are in takes a proof of the last minutes. */
export async function endListedSession(session: LiveSession, id: string, requestId: string): Promise<void> {
  if (id !== session.id) requireStepUp({ asked: true, steppedUpAt: session.steppedUpAt });
  await endSession(session.personId, id, requestId);
}

/** Ends all sessions of whoever asks but this one. */
export async function signOutElsewhere(session: LiveSession, requestId: string): Promise<{ ended: number }> {
  const { id, personId, steppedUpAt } = session;
  requireStepUp({ asked: true, steppedUpAt });
  const ended = await endOtherSessions(personId, id);
  if (ended > 0) await recordOnPlatform("OtherSessionsEnded", { ended, session: id }, { actor: personId, requestId });
  return { ended };
}

export async function endOtherSessions(personId: string, except?: string): Promise<number> {
  return end({ personId, ...(except ? { NOT: { id: except } } : {}) });
}

async function end(where: { personId: string; id?: string; NOT?: { id: string } }): Promise<number> {
  const { count } = await withPlatform((tx) =>
    tx.authSession.updateMany({
      where: { ...where, revokedAt: null },
      data: { revokedAt: new Date(), refreshToken: null },
    }),
  );
  return count;
}
