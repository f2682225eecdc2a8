import { z } from "zod";
import { withTenant } from "@/lib/database";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability";
import { outboundRequest } from "@/lib/resilience";
import { openText, sealText } from "@/lib/secrets";
import { PLATFORM_LOG } from "./context";
import type { LiveSession } from "./sessions";

const answerSchema = z.object({ refresh_token: z.string().optional(), expires_in: z.number().positive().default(300) });
const discoverySchema = z.object({ token_endpoint: z.url() });
const RETRY_MS = 60_000;

const purpose = (sid: string) => `refresh token|${sid}`;

/** Keeps the refresh token, sealed. The access token is not kept: nothing here calls the provider on a person's behalf. */
export async function keepRefreshToken(sid: string, token: string, expiresAt: Date): Promise<void> {
  await withTenant(PLATFORM_LOG, async (tx) => {
    const refreshToken = Buffer.from(await sealText(tx, PLATFORM_LOG, purpose(sid), token));
    await tx.authSession.update({ where: { id: sid }, data: { refreshToken, refreshAfter: expiresAt } });
  });
}

/**
 * Asks the provider whether the person is still welcome, each time its access token would have run out. The row's lock
 * lets one caller rotate the token; the others wait and read what came of it. A refusal ends the session; a provider that
 * cannot be reached does not. Returns whether the session lives.
 */
export async function refreshWhenDue(session: Pick<LiveSession, "id" | "refreshAfter">): Promise<boolean> {
  if (!session.refreshAfter || session.refreshAfter > new Date()) return true;
  const { id } = session;
  return withTenant(
    PLATFORM_LOG,
    async (tx) => {
      const [row] = await tx.$queryRaw<{ refresh_token: Uint8Array | null; refresh_after: Date | null }[]>`
        SELECT refresh_token, refresh_after FROM auth_sessions
        WHERE id = ${id}::uuid AND revoked_at IS NULL FOR UPDATE`;
      if (!row) return false;
      if (!row.refresh_token || !row.refresh_after || row.refresh_after > new Date()) return true;
      const answer = await refresh(await openText(tx, PLATFORM_LOG, purpose(id), row.refresh_token));
      if (answer === "refused") {
        await tx.authSession.update({ where: { id }, data: { revokedAt: new Date(), refreshToken: null } });
        return false;
      }
      if (answer === "unreachable") {
        await tx.authSession.update({ where: { id }, data: { refreshAfter: new Date(Date.now() + RETRY_MS) } });
        return true;
      }
      const sealed = answer.refresh_token ? await sealText(tx, PLATFORM_LOG, purpose(id), answer.refresh_token) : null;
      await tx.authSession.update({
        where: { id },
        data: {
          refreshAfter: new Date(Date.now() + answer.expires_in * 1000),
          rotations: { increment: 1 },
          ...(sealed ? { refreshToken: Buffer.from(sealed) } : {}),
        },
      });
      return true;
    },
    { timeout: 20_000 },
  );
}

async function refresh(token: string): Promise<z.infer<typeof answerSchema> | "refused" | "unreachable"> {
  const { OIDC_ISSUER = "", OIDC_CLIENT_ID = "", OIDC_CLIENT_SECRET = "" } = env();
  const credentials = `${encodeURIComponent(OIDC_CLIENT_ID)}:${encodeURIComponent(OIDC_CLIENT_SECRET)}`;
  try {
    const discovery = await outboundRequest({
      purpose: "oidc",
      url: `${OIDC_ISSUER.replace(/\/$/, "")}/.well-known/openid-configuration`,
      deadlineMs: 5_000,
    });
    const answer = await outboundRequest({
      purpose: "oidc",
      url: discoverySchema.parse(JSON.parse(discovery.body)).token_endpoint,
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(credentials).toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
        accept: "application/json",
      },
      body: new URLSearchParams({ grant_type: "refresh_token", refresh_token: token }).toString(),
      deadlineMs: 5_000,
    });
    if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return "refused";
    if (answer.status !== 200) return "unreachable";
    return answerSchema.parse(JSON.parse(answer.body));
  } catch (error) {
    logger("tenancy").warn({ err: error }, "the sign-in service could not be asked");
    return "unreachable";
  }
}
