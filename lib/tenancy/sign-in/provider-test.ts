import { createHash, randomBytes, randomUUID } from "node:crypto";
import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from "jose";
import { z } from "zod";
import { Prisma, withDirectory, withTenant } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { outboundRequest } from "@/lib/resilience";
import { openText, sealText } from "@/lib/secrets";
import { authorise } from "../authorise";
import { parseInput } from "../command";
import { PLATFORM_LOG, type TenantContext } from "../context";
import type { LiveSession } from "../sessions";
import { basicAuthorization, discoveryUrl } from "./clients";
import {
  providerInputSchema,
  type signInTestDtoSchema,
  type TestOutcome,
  testOutcomeSchema,
  type testStartedSchema,
} from "./contract";
import { judgeClaims, type ProviderClaims } from "./people";
import { assertIssuer, keptClientSecret, settingsDigest } from "./providers";
import { callbackUrl } from "./settings";

const PERMISSION = "tenant:settings";
const MINUTES = 10;
const MAX_DETAIL = 300;
const MARK = "test.";

const heldSchema = providerInputSchema.extend({
  clientSecret: z.string().nullable(),
  verifier: z.string(),
  nonce: z.string(),
});
type Held = z.infer<typeof heldSchema>;

const discoverySchema = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url({ protocol: /^https?$/ }),
  token_endpoint: z.url({ protocol: /^https?$/ }),
  jwks_uri: z.url({ protocol: /^https?$/ }),
});
const jwksSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });

class TestFailure extends Error {
  readonly problem: NonNullable<TestOutcome["problem"]>;

  constructor(problem: NonNullable<TestOutcome["problem"]>, detail: string) {
    super(detail);
    this.problem = problem;
  }
}

async function getJson(url: string): Promise<unknown> {
  const { status, body } = await outboundRequest({ purpose: "sso", url, deadlineMs: 5_000, maxBytes: 500_000 });
  if (status !== 200) throw new TestFailure("unreachable", `${new URL(url).pathname} answers ${status}.`);
  try {
    return JSON.parse(body);
  } catch {
    throw new TestFailure("unreachable", `${new URL(url).pathname} does not answer with JSON.`);
  }
}

async function discover(issuer: string): Promise<z.infer<typeof discoverySchema>> {
  const parsed = discoverySchema.safeParse(await getJson(discoveryUrl(issuer)));
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new TestFailure("wrong_issuer", `The provider's description has no usable ${field}.`);
  }
  if (parsed.data.issuer !== issuer) {
    throw new TestFailure("wrong_issuer", `The provider calls itself ${parsed.data.issuer.slice(0, 200)}.`);
  }
  return parsed.data;
}

const purpose = (id: string) => `sign-in test|${id}`;

/** Begins a round trip with settings as they were entered; the browser is to go to `url`. */
export async function startSignInTest(ctx: TenantContext, given: unknown): Promise<z.infer<typeof testStartedSchema>> {
  const { session } = ctx;
  // The answer comes back to this browser: a program with a token has none, whatever cookie came along.
  if (!session) throw new AppError("unauthenticated", "A sign-in is tested in a browser, by somebody signed in.");
  await authorise(ctx, PERMISSION, "startSignInTest");
  const settings = parseInput(providerInputSchema, given);
  assertIssuer(settings.issuer);
  const { tenantId } = ctx;
  const clientSecret = settings.clientSecret === undefined ? await keptClientSecret(tenantId) : settings.clientSecret;
  const endpoints = await discover(settings.issuer).catch(asAppError);
  const id = randomUUID();
  const verifier = randomBytes(32).toString("base64url");
  const nonce = randomBytes(32).toString("base64url");
  const held: Held = { ...settings, clientSecret, verifier, nonce };
  const sealed = await withTenant(PLATFORM_LOG, async (tx) =>
    Buffer.from(await sealText(tx, PLATFORM_LOG, purpose(id), JSON.stringify(held))),
  );
  const createdAt = new Date();
  await withDirectory(tenantId, async (tx) => {
    // What providers told of people is nobody's for longer than it takes to read it.
    const old = { createdAt: { lt: new Date(createdAt.getTime() - 3_600_000) } };
    await tx.signInTest.deleteMany({ where: { tenantId, passed: false, ...old } });
    await tx.signInTest.updateMany({ where: { tenantId, ...old }, data: { outcome: Prisma.DbNull } });
    const digest = settingsDigest(settings, clientSecret);
    await tx.signInTest.create({ data: { id, tenantId, sessionId: session.id, digest, sealed, createdAt } });
  });
  const url = new URL(endpoints.authorization_endpoint);
  const query = {
    client_id: settings.clientId,
    response_type: "code",
    redirect_uri: callbackUrl(tenantId),
    scope: settings.scopes,
    state: `${MARK}${tenantId}.${id}`,
    nonce,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    ...(settings.scopes.split(" ").includes("offline_access") ? { prompt: "consent" } : {}),
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return { id, url: url.href };
}

function asAppError(error: unknown): never {
  if (error instanceof TestFailure) throw new AppError("target_refused", error.message);
  throw error;
}

export async function readSignInTest(ctx: TenantContext, id: string): Promise<z.infer<typeof signInTestDtoSchema>> {
  await authorise(ctx, PERMISSION, "readSignInTest");
  const { tenantId } = ctx;
  const row = z.uuid().safeParse(id).success
    ? await withDirectory(tenantId, (tx) => tx.signInTest.findFirst({ where: { id, tenantId } }))
    : null;
  if (!row) throw new AppError("not_found", "There is no such test.");
  return { id, outcome: row.outcome ? testOutcomeSchema.parse(row.outcome) : null };
}

/** The tenant and the test in the `state` that came back, or `null` when it is an ordinary sign-in. */
export function testOfState(state: string | null): { tenantId: string; id: string } | null {
  const [tenantId = "", id = "", more] = state?.startsWith(MARK) ? state.slice(MARK.length).split(".") : [];
  const uuids = z.uuid().safeParse(tenantId).success && z.uuid().safeParse(id).success;
  return uuids && more === undefined ? { tenantId, id } : null;
}

/** Ends the round trip that this very session began, once. Nobody is signed in by it, and nobody is made a member. */
export async function finishSignInTest(
  ctx: TenantContext,
  session: Pick<LiveSession, "id">,
  id: string,
  answer: URLSearchParams,
): Promise<void> {
  await authorise(ctx, PERMISSION, "finishSignInTest");
  const { tenantId } = ctx;
  const since = new Date(Date.now() - MINUTES * 60_000);
  const sealed = await withDirectory(tenantId, async (tx) => {
    const fresh = { id, tenantId, sessionId: session.id, usedAt: null, createdAt: { gt: since } };
    const row = await tx.signInTest.findFirst({ where: fresh });
    const spent = await tx.signInTest.updateMany({ where: fresh, data: { usedAt: new Date(), sealed: null } });
    return spent.count === 1 ? (row?.sealed ?? null) : null;
  });
  if (!sealed) throw new AppError("not_found", "This test was begun by somebody else, or it is over.");
  const text = await withTenant(PLATFORM_LOG, (tx) => openText(tx, PLATFORM_LOG, purpose(id), sealed));
  const held = heldSchema.parse(JSON.parse(text));
  const outcome = await outcomeOf(ctx, held, answer);
  await withDirectory(tenantId, (tx) =>
    tx.signInTest.update({
      where: { id },
      data: { outcome: JSON.parse(JSON.stringify(outcome)), passed: outcome.problem === null },
    }),
  );
}

async function outcomeOf(ctx: TenantContext, held: Held, answer: URLSearchParams): Promise<TestOutcome> {
  try {
    const claims = await claimsOf(ctx.tenantId, held, answer);
    const tenant = { tenantId: ctx.tenantId, slug: ctx.tenantSlug, issuer: held.issuer, roleMap: held.roleMap };
    const { role, problem } = await withDirectory(ctx.tenantId, (tx) => judgeClaims(tx, tenant, claims));
    return { claims, role, problem, detail: "" };
  } catch (error) {
    if (error instanceof TestFailure) return failed(error.problem, error.message);
    if (error instanceof errors.JOSEError) return failed("bad_token", error.message);
    if (error instanceof AppError) return failed("unreachable", error.message);
    throw error;
  }
}

const failed = (problem: TestOutcome["problem"], detail: string): TestOutcome => ({
  claims: {},
  role: null,
  problem,
  detail: detail.slice(0, MAX_DETAIL),
});

async function claimsOf(tenantId: string, held: Held, answer: URLSearchParams): Promise<ProviderClaims> {
  const refusal = answer.get("error");
  if (refusal !== null) {
    throw new TestFailure("refused", [refusal, answer.get("error_description")].filter(Boolean).join(": "));
  }
  const code = answer.get("code");
  if (!code) throw new TestFailure("refused", "The answer holds no code.");
  const endpoints = await discover(held.issuer);
  const { clientId: client_id, clientSecret } = held;
  const { status, body } = await outboundRequest({
    purpose: "sso",
    url: endpoints.token_endpoint,
    method: "POST",
    headers: {
      ...(clientSecret ? { authorization: basicAuthorization(client_id, clientSecret) } : {}),
      "content-type": "application/x-www-form-urlencoded",
      accept: "application/json",
    },
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code,
      redirect_uri: callbackUrl(tenantId),
      code_verifier: held.verifier,
      ...(clientSecret ? {} : { client_id }),
    }).toString(),
    deadlineMs: 5_000,
    maxBytes: 200_000,
  });
  if (status !== 200) throw new TestFailure("refused", `The token endpoint answers ${status}: ${errorIn(body)}`);
  const token = idTokenIn(body);
  const keys = jwksSchema.safeParse(await getJson(endpoints.jwks_uri));
  if (!keys.success) throw new TestFailure("bad_token", "The provider shows no keys.");
  // As signing in does it: no other algorithm is taken there either.
  const { payload } = await jwtVerify(token, createLocalJWKSet(keys.data as Parameters<typeof createLocalJWKSet>[0]), {
    issuer: held.issuer,
    audience: client_id,
    algorithms: ["RS256"],
    clockTolerance: 10,
    requiredClaims: ["sub", "exp", "iat"],
  });
  if (payload.nonce !== held.nonce) throw new TestFailure("bad_token", "The ID token belongs to another request.");
  return shownClaims(payload);
}

function shownClaims({ nonce: _nonce, at_hash: _hash, ...claims }: JWTPayload): ProviderClaims {
  return { ...claims, sub: String(claims.sub) };
}

function errorIn(body: string): string {
  const known = z.object({ error: z.string(), error_description: z.string().optional() }).safeParse(parsed(body));
  return known.success ? [known.data.error, known.data.error_description].filter(Boolean).join(": ") : "";
}

function idTokenIn(body: string): string {
  const known = z.object({ id_token: z.string() }).safeParse(parsed(body));
  if (!known.success) throw new TestFailure("bad_token", "The token endpoint gives no ID token.");
  return known.data.id_token;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
