import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import { onPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/observability";
import { command } from "../command";
import { systemContext, type TenantContext } from "../context";
import { limitPerson } from "../rate-limits";
import { ACCESS_SECONDS, signAccessToken } from "./access-token";
import { type Caller, contextOf, guessed, type LiveToken, liveToken, noteUse, notValid } from "./authenticate";
import type { TokenAnswer, TokenRequest } from "./contract";
import { isSecret, newSecret, secretHash } from "./secret-text";
import { type TokenEvent, tokenStream } from "./token-stream";

const REFRESH_HOURS = 24;
const FAMILY_MS = 30 * 86_400_000;
/** Two requests of one program at once are no theft. */
const GRACE_SECONDS = 10;

interface Client extends Caller {
  userAgent: string;
}

/** RFC 8693 and RFC 6749 (section 6): an API token, or a refresh token, for a short access token and the next refresh token. */
export async function exchangeToken(request: TokenRequest, client: Client): Promise<TokenAnswer> {
  if (request.grant_type === "refresh_token") return refresh(request.refresh_token, client);
  const token = await liveToken(request.subject_token);
  if (!token) throw guessed(client);
  limitPerson(token.id);
  await noteUse(token, client);
  const scopes = request.scope === undefined ? token.scopes : request.scope.split(" ").filter(Boolean);
  const missing = scopes.length === 0 || scopes.find((scope) => !token.scopes.includes(scope));
  if (missing)
    throw new AppError("forbidden", "The API token has not all of these scopes.", { error: "invalid_scope" });
  const [id, refreshToken] = [randomUUID(), newSecret("sbxr")];
  const { token: _narrowed, ...ctx } = contextOf(token, scopes, client.requestId ?? randomUUID());
  const end = Math.min(token.expires_at.getTime(), Date.now() + FAMILY_MS);
  await openFamily(ctx, { id: token.id, family: id, scopes, expiresAt: new Date(end), hash: secretHash(refreshToken) });
  return answer(token, { id, scopes }, refreshToken);
}

async function answer(
  { id, tenant_id: tenantId, person_id: person }: Pick<LiveToken, "id" | "tenant_id" | "person_id">,
  family: { id: string; scopes: readonly string[] },
  refreshToken: string,
): Promise<TokenAnswer> {
  const { scopes } = family;
  return {
    access_token: await signAccessToken({ subject: person ?? id, tenantId, family: family.id, scopes }),
    issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
    token_type: "Bearer",
    expires_in: ACCESS_SECONDS,
    refresh_token: refreshToken,
    scope: scopes.join(" "),
  };
}

const openFamily = command(
  {
    name: "exchangeToken",
    permission: "tokens:own",
    feature: "tokens",
    // A tenant that may only be read is read by programs too.
    inAnyState: true,
    input: z.object({
      id: z.uuid(),
      family: z.uuid(),
      scopes: z.array(z.string()),
      expiresAt: z.date(),
      hash: z.instanceof(Buffer),
    }),
    stream: tokenStream,
  },
  async (_state, { id, family, scopes, expiresAt, hash }, { directory: tx, ctx: { tenantId }, now }) => {
    // What nobody can refresh any more.
    await tx.$executeRaw`
      DELETE FROM refresh_families f WHERE token_id = ${id}::uuid AND (expires_at <= now() OR NOT EXISTS (
        SELECT FROM refresh_tokens r WHERE r.family_id = f.id AND r.used_at IS NULL AND r.expires_at > now()))`;
    await tx.refreshFamily.create({ data: { id: family, tenantId, tokenId: id, scopes, createdAt: now, expiresAt } });
    const until = Math.min(expiresAt.getTime(), now.getTime() + REFRESH_HOURS * 3_600_000);
    const data = { hash: Buffer.from(hash), tenantId, familyId: family, createdAt: now, expiresAt: new Date(until) };
    await tx.refreshToken.create({ data });
    const event: TokenEvent = { type: "ApiTokenExchanged", data: { family, scopes } };
    return { events: [event], result: undefined };
  },
);

interface Rotation {
  outcome: "rotated" | "racing" | "replayed" | "over";
  family_id: string;
  tenant_id: string;
  token_id: string;
  person_id: string | null;
  scopes: string[];
}

async function refresh(given: string, client: Client): Promise<TokenAnswer> {
  const successor = newSecret("sbxr");
  const rotation = isSecret("sbxr", given) ? await rotate(given, successor, client) : undefined;
  switch (rotation?.outcome) {
    case "rotated":
      return answer(
        { ...rotation, id: rotation.token_id },
        { id: rotation.family_id, scopes: rotation.scopes },
        successor,
      );
    case "racing":
      throw new AppError(
        "conflict",
        "Another request of yours used this refresh token a moment ago. Go on with its answer.",
        {
          error: "refresh_token_used",
        },
      );
    case "replayed":
      await revokeFamily(rotation, client);
      throw notValid();
    case "over":
      throw notValid();
    default:
      throw guessed(client);
  }
}

async function rotate(given: string, successor: string, { address, userAgent }: Client): Promise<Rotation | undefined> {
  const who = createHash("sha256").update(`${address}\0${userAgent}`).digest();
  const [row] = await onPlatform(
    (tx) => tx.$queryRaw<Rotation[]>`
      SELECT * FROM rotate_refresh_token(${secretHash(given)}, ${secretHash(successor)}, ${who},
        make_interval(secs => ${GRACE_SECONDS}), make_interval(hours => ${REFRESH_HOURS}))`,
  );
  return row;
}

const reportReplay = command(
  {
    name: "reportReplay",
    permission: "tokens:manage",
    inAnyState: true,
    input: z.object({ id: z.uuid(), family: z.uuid(), person: z.uuid().nullable(), address: z.string() }),
    stream: tokenStream,
    personal: ({ person }) => person,
  },
  (state, { family, person, address: from }) => {
    // Where nobody's key seals it the address stays out of the log; the access log has it under the same request's id.
    const address = person ? from : "";
    const event: TokenEvent = { type: "RefreshTokenReplayed", data: { severity: "critical", family, address } };
    // Many may replay one token at once: its family ends once.
    return { events: state?.replayed.includes(family) ? [] : [event], result: undefined };
  },
);

/** One of the two who had the token stole it, and nobody can tell which: nothing that came of it is worth anything any more. */
async function revokeFamily(
  { tenant_id: tenantId, token_id: id, family_id: family, person_id: person }: Rotation,
  { address, requestId }: Client,
) {
  const ctx: TenantContext = await systemContext(tenantId, requestId);
  await reportReplay(ctx, { id, family, person, address });
  logger("tokens").error(
    { tenantId, token: id, family, requestId },
    "a refresh token was used twice; its family is revoked",
  );
}
