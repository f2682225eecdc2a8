import { z } from "zod";
import { withTenant } from "@/lib/database";
import { logger } from "@/lib/observability";
import { outboundRequest } from "@/lib/resilience";
import { openText, sealText } from "@/lib/secrets";
import { PLATFORM_LOG } from "./context";
import { recordOnPlatform } from "./platform-log";
import type { LiveSession } from "./sessions";
import { basicAuthorization, clientOf, discoveryUrl, type OidcClientSettings } from "./sign-in/clients";

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
 * Asks the provider whether the person is still welcome, each time its access token would have run out. One caller claims the
 * refresh and rotates the token; the others go on with the session as it is. No lock or connection is held while the provider
 * answers, so one that hangs cannot stop the app. A refusal ends the session; a provider that cannot be reached does not.
 * Returns whether the session lives.
 */
export async function refreshWhenDue(
  session: Pick<LiveSession, "id" | "refreshAfter" | "providerId">,
): Promise<boolean> {
  if (!session.refreshAfter || session.refreshAfter > new Date()) return true;
  const { id } = session;
  const token = await claim(id);
  if (token === null) return true;
  const client = await clientOf(session.providerId);
  // A service that is used no more vouches for nobody.
  const answer = client ? await refresh(token, client) : "refused";
  if (answer === "unreachable") return true;
  await withTenant(PLATFORM_LOG, async (tx) => {
    if (answer === "refused") {
      await tx.authSession.update({ where: { id }, data: { revokedAt: new Date(), refreshToken: null } });
      return;
    }
    const { refresh_token: next, expires_in } = answer;
    const sealed = next ? { refreshToken: Buffer.from(await sealText(tx, PLATFORM_LOG, purpose(id), next)) } : {};
    const refreshAfter = new Date(Date.now() + expires_in * 1000);
    await tx.authSession.update({ where: { id }, data: { refreshAfter, rotations: { increment: 1 }, ...sealed } });
  });
  if (answer === "refused") await recordOnPlatform("SessionEnded", { session: id, reason: "refused_by_provider" });
  return answer !== "refused";
}

/** The refresh token, for exactly one of those who ask at once; the next may try again after a minute. */
async function claim(id: string): Promise<string | null> {
  return withTenant(PLATFORM_LOG, async (tx) => {
    const [row] = await tx.$queryRaw<{ refresh_token: Uint8Array | null }[]>`
      SELECT refresh_token FROM auth_sessions
      WHERE id = ${id}::uuid AND revoked_at IS NULL AND refresh_after <= now() FOR UPDATE`;
    if (!row?.refresh_token) return null;
    await tx.authSession.update({ where: { id }, data: { refreshAfter: new Date(Date.now() + RETRY_MS) } });
    return openText(tx, PLATFORM_LOG, purpose(id), row.refresh_token);
  });
}

async function refresh(
  token: string,
  { purpose: door, issuer, clientId: client_id, clientSecret: secret }: OidcClientSettings,
): Promise<z.infer<typeof answerSchema> | "refused" | "unreachable"> {
  const grant = { grant_type: "refresh_token", refresh_token: token, ...(secret ? {} : { client_id }) };
  try {
    const discovery = await outboundRequest({
      purpose: door,
      url: discoveryUrl(issuer),
      deadlineMs: 5_000,
    });
    const answer = await outboundRequest({
      purpose: door,
      url: discoverySchema.parse(JSON.parse(discovery.body)).token_endpoint,
      method: "POST",
      headers: {
        ...(secret ? { authorization: basicAuthorization(client_id, secret) } : {}),
        "content-type": "application/x-www-form-urlencoded",
        accept: "application/json",
      },
      body: new URLSearchParams(grant).toString(),
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
