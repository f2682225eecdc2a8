import { randomBytes } from "node:crypto";
import { z } from "zod";
import { onPlatform, Prisma, type Transaction, withDirectory, withPlatform } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { authorise } from "../authorise";
import { command, parseInput } from "../command";
import type { TenantContext } from "../context";
import { query } from "../query";
import { publicUrl } from "../sign-in-link";
import {
  domainInputSchema,
  domainSchema,
  type operatorDomainDtoSchema,
  policyInputSchema,
  providerInputSchema,
  type TenantSignInDto,
} from "./contract";
import { challenge, isProven } from "./domain-proof";
import {
  assertIssuer,
  authProviderId,
  keptClientSecret,
  providerIdOf,
  readProvider,
  sealClientSecret,
  settingsDigest,
} from "./providers";
import { type SignInEvent, signInStream } from "./stream";

const PERMISSION = "tenant:settings";
const MOST_DOMAINS = 50;
const MOST_LISTED = 1000;

export const callbackUrl = (tenantId: string) =>
  publicUrl(`/api/auth/callback/${authProviderId(providerIdOf(tenantId))}`);

const CAN_SIGN_IN_ALONE = { OR: [{ passwordHash: { not: null } }, { oidcSubject: { not: null } }] };

function candidates(tx: Transaction, tenantId: string) {
  return tx.membership.findMany({
    where: { tenantId, role: "admin", person: CAN_SIGN_IN_ALONE },
    select: { person: { select: { id: true, name: true, email: true } } },
    orderBy: { joinedAt: "asc" },
  });
}

async function wasTested(tx: Transaction, tenantId: string): Promise<boolean> {
  const kept = await tx.signInSecret.findUnique({ where: { tenantId } });
  return kept !== null && (await tx.signInTest.count({ where: { tenantId, digest: kept.digest, passed: true } })) > 0;
}

async function settingsOf(tx: Transaction, ctx: TenantContext): Promise<TenantSignInDto> {
  const { tenantId, tenantSlug } = ctx;
  const provider = await readProvider(tx, tenantId);
  const secret = await tx.signInSecret.findUnique({ where: { tenantId } });
  const domains = await tx.signInDomain.findMany({ where: { tenantId }, orderBy: { domain: "asc" } });
  const policy = await tx.signInPolicy.findUnique({ where: { tenantId } });
  const admins = await candidates(tx, tenantId);
  const tested = await wasTested(tx, tenantId);
  const shown = provider && {
    name: provider.name,
    issuer: provider.issuer,
    clientId: provider.clientId,
    scopes: provider.scopes,
    roleMap: provider.roleMap,
    enabled: provider.enabled,
    hasSecret: Boolean(secret?.sealed),
    tested,
  };
  return {
    callbackUrl: callbackUrl(tenantId),
    signInUrl: publicUrl(`/sign-in?tenant=${tenantSlug}`),
    provider: shown,
    domains: domains.map(({ domain, token, verifiedBy }) => ({
      domain,
      verifiedBy: verifiedBy === "dns" || verifiedBy === "operator" ? verifiedBy : null,
      record: challenge(domain, token),
    })),
    policy: { enforced: policy?.enforced ?? false, breakGlass: policy?.breakGlass ?? [] },
    candidates: admins.map(({ person }) => person),
  };
}

export const readTenantSignIn = query(
  { name: "readTenantSignIn", permission: PERMISSION, directory: true, input: z.undefined() },
  (tx, _input, ctx) => settingsOf(tx, ctx),
);

const read = (ctx: TenantContext) => readTenantSignIn(ctx, undefined);
const inTenant = { tenantId: z.uuid() };

const writeProvider = command(
  {
    name: "setSignInProvider",
    permission: PERMISSION,
    feature: "singleSignOn",
    input: providerInputSchema
      .omit({ clientSecret: true })
      .extend({ ...inTenant, sealed: z.instanceof(Uint8Array).nullable().optional(), digest: z.string() }),
    stream: signInStream,
    stepUp: true,
  },
  async ({ provider: before, policy }, { tenantId, sealed, digest, ...settings }, { directory }) => {
    const id = providerIdOf(tenantId);
    if (policy.enforced) {
      const passed = await directory.signInTest.count({ where: { tenantId, digest, passed: true } });
      if (!settings.enabled || passed === 0) {
        throw new AppError(
          "in_use",
          "Members sign in through this service only. Test the new settings before you save them.",
        );
      }
    }
    const secret = sealed === undefined ? "kept" : sealed === null ? "none" : "replaced";
    const after = { id, ...settings };
    const kept = sealed === undefined ? {} : { sealed: sealed && Buffer.from(sealed) };
    await directory.signInSecret.upsert({
      where: { tenantId },
      create: { tenantId, digest, ...kept },
      update: { digest, ...kept },
    });
    const same =
      before !== null &&
      secret === "kept" &&
      before.name === settings.name &&
      before.enabled === settings.enabled &&
      settingsDigest(before, null) === settingsDigest(settings, null);
    const events: SignInEvent[] = same ? [] : [{ type: "SignInProviderSet", data: { ...after, secret } }];
    return { events, result: { moved: before !== null && before.issuer !== after.issuer } };
  },
);

/** Keeps a tenant's sign-in service. Sessions of another issuer, or of one that is switched off, end. */
export async function setSignInProvider(ctx: TenantContext, given: unknown): Promise<TenantSignInDto> {
  await authorise(ctx, PERMISSION, "setSignInProvider");
  const { clientSecret, ...settings } = parseInput(providerInputSchema, given);
  assertIssuer(settings.issuer);
  const { tenantId } = ctx;
  const secret = clientSecret === undefined ? await keptClientSecret(tenantId) : clientSecret;
  const sealed = typeof clientSecret === "string" ? await sealClientSecret(tenantId, clientSecret) : clientSecret;
  const digest = settingsDigest(settings, secret);
  const { moved } = await writeProvider(ctx, {
    ...settings,
    tenantId,
    digest,
    ...(sealed === undefined ? {} : { sealed }),
  });
  if (moved || !settings.enabled) await endSessionsOf(tenantId);
  return read(ctx);
}

async function endSessionsOf(tenantId: string): Promise<void> {
  await withPlatform((tx) =>
    tx.authSession.updateMany({
      where: { providerId: providerIdOf(tenantId), revokedAt: null },
      data: { revokedAt: new Date(), refreshToken: null },
    }),
  );
}

const forgetProvider = command(
  {
    name: "removeSignInProvider",
    permission: PERMISSION,
    input: z.object(inTenant),
    stream: signInStream,
    stepUp: true,
  },
  async ({ provider, policy }, { tenantId }, { directory }) => {
    if (policy.enforced) throw new AppError("in_use", "Members sign in through this service only. End that first.");
    if (!provider) throw new AppError("not_found", "This tenant has no sign-in service.");
    await directory.signInSecret.deleteMany({ where: { tenantId } });
    await directory.signInIdentity.deleteMany({ where: { tenantId } });
    const event: SignInEvent = { type: "SignInProviderRemoved", data: {} };
    return { events: [event], result: undefined };
  },
);

export async function removeSignInProvider(ctx: TenantContext): Promise<TenantSignInDto> {
  await forgetProvider(ctx, { tenantId: ctx.tenantId });
  await endSessionsOf(ctx.tenantId);
  return read(ctx);
}

const addDomain = command(
  {
    name: "addSignInDomain",
    permission: PERMISSION,
    input: domainInputSchema.extend(inTenant),
    stream: signInStream,
    stepUp: true,
  },
  ({ domains }, { domain }) => {
    if (domains[domain]) throw new AppError("conflict", `${domain} is in the list already.`);
    if (Object.keys(domains).length >= MOST_DOMAINS)
      throw new AppError("invalid_input", `${MOST_DOMAINS} domains are the most.`);
    const event: SignInEvent = { type: "SignInDomainAdded", data: { domain, token: randomBytes(16).toString("hex") } };
    return { events: [event], result: undefined };
  },
);

export async function addSignInDomain(ctx: TenantContext, given: unknown): Promise<TenantSignInDto> {
  await authorise(ctx, PERMISSION, "addSignInDomain");
  const { domain } = parseInput(domainInputSchema, given);
  await addDomain(ctx, { domain, tenantId: ctx.tenantId });
  return read(ctx);
}

const removeDomain = command(
  {
    name: "removeSignInDomain",
    permission: PERMISSION,
    input: domainInputSchema.extend(inTenant),
    stream: signInStream,
    stepUp: true,
  },
  ({ domains }, { domain }) => {
    if (!domains[domain]) throw new AppError("not_found", "There is no such domain.");
    const event: SignInEvent = { type: "SignInDomainRemoved", data: { domain } };
    return { events: [event], result: undefined };
  },
);

export async function removeSignInDomain(ctx: TenantContext, domain: string): Promise<TenantSignInDto> {
  await removeDomain(ctx, { domain, tenantId: ctx.tenantId });
  return read(ctx);
}

const provenElsewhere = (domain: string) =>
  new AppError("conflict", `${domain} was proven for another tenant. An operator of this installation can help.`);

const markVerified = command(
  {
    name: "verifySignInDomain",
    permission: PERMISSION,
    input: z.object({
      ...inTenant,
      domain: domainSchema,
      token: z.string().nullable(),
      by: z.enum(["dns", "operator"]),
    }),
    stream: signInStream,
    stepUp: true,
  },
  async ({ domains }, { domain, token, by, tenantId }, { directory }) => {
    const known = domains[domain];
    if (!known || (token !== null && known.token !== token))
      throw new AppError("not_found", "There is no such domain.");
    // Asked before the event, and held by an index for two at once.
    const [elsewhere] = await directory.$queryRaw<unknown[]>`
      SELECT 1 AS found FROM all_sign_in_domains()
      WHERE domain = ${domain} AND verified_by IS NOT NULL AND tenant_id <> ${tenantId}::uuid`;
    if (elsewhere) throw provenElsewhere(domain);
    const event: SignInEvent = { type: "SignInDomainVerified", data: { domain, by } };
    return { events: known.verifiedBy ? [] : [event], result: undefined };
  },
);

async function verified(work: Promise<void>, domain: string): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== "P2002") throw error;
    throw provenElsewhere(domain);
  }
}

/** Looks the proof up in DNS now. */
export async function verifySignInDomain(ctx: TenantContext, domain: string): Promise<TenantSignInDto> {
  await authorise(ctx, PERMISSION, "verifySignInDomain");
  const { tenantId } = ctx;
  const row = await withDirectory(tenantId, (tx) =>
    tx.signInDomain.findUnique({ where: { tenantId_domain: { tenantId, domain } } }),
  );
  if (!row) throw new AppError("not_found", "There is no such domain.");
  if (!(await isProven(domain, row.token))) {
    const { name } = challenge(domain, row.token);
    throw new AppError("conflict", `DNS does not show the record at ${name} yet. It can take some minutes.`);
  }
  await verified(markVerified(ctx, { tenantId, domain, token: row.token, by: "dns" }), domain);
  return read(ctx);
}

/** Without a record in DNS, on the word of an operator: `ctx` is theirs. */
export async function confirmSignInDomain(ctx: TenantContext, domain: string): Promise<void> {
  await verified(markVerified(ctx, { tenantId: ctx.tenantId, domain, token: null, by: "operator" }), domain);
}

/** For operators: the domains that tenants want or have, those that wait for a proof first. */
export async function allSignInDomains(): Promise<z.infer<typeof operatorDomainDtoSchema>[]> {
  type Row = {
    tenant_id: string;
    slug: string;
    domain: string;
    verified_by: "dns" | "operator" | null;
    created_at: Date;
  };
  const rows = await onPlatform(
    (tx) => tx.$queryRaw<Row[]>`SELECT tenant_id, slug, domain, verified_by, created_at FROM all_sign_in_domains()
      ORDER BY verified_by IS NOT NULL, domain, slug LIMIT ${MOST_LISTED}`,
  );
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    tenantSlug: row.slug,
    domain: row.domain,
    verifiedBy: row.verified_by,
    createdAt: row.created_at.toISOString(),
  }));
}

const writePolicy = command(
  {
    name: "setSignInPolicy",
    permission: PERMISSION,
    input: policyInputSchema.extend(inTenant),
    stream: signInStream,
    stepUp: true,
  },
  async ({ provider, policy: before }, { tenantId, ...after }, { directory }) => {
    const allowed = new Set((await candidates(directory, tenantId)).map(({ person }) => person.id));
    if (!after.breakGlass.every((id) => allowed.has(id))) {
      throw new AppError("invalid_input", "For emergencies name admins who can sign in without this service.");
    }
    if (after.enforced) {
      if (!provider?.enabled) throw new AppError("invalid_input", "Switch the sign-in service on first.");
      if (!(await wasTested(directory, tenantId)))
        throw new AppError("invalid_input", "Test the sign-in service first.");
      if (after.breakGlass.length === 0) throw new AppError("invalid_input", "Name an admin for emergencies first.");
    }
    const same = JSON.stringify(before) === JSON.stringify(after);
    const event: SignInEvent = { type: "SignInPolicySet", data: { before, after } };
    return { events: same ? [] : [event], result: undefined };
  },
);

export async function setSignInPolicy(ctx: TenantContext, given: unknown): Promise<TenantSignInDto> {
  await authorise(ctx, PERMISSION, "setSignInPolicy");
  await writePolicy(ctx, { ...parseInput(policyInputSchema, given), tenantId: ctx.tenantId });
  return read(ctx);
}
