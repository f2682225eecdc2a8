import { randomUUID } from "node:crypto";
import { z } from "zod";
import { onPlatform, type Transaction } from "@/lib/database";
import { AppError } from "@/lib/errors";
import { command } from "../command";
import type { TenantContext } from "../context";
import { can } from "../contract";
import { namesOf } from "../people";
import { query } from "../query";
import { planOf } from "../tiers/plan-of";
import {
  type CreateTokenInput,
  type createdTokenSchema,
  createTokenInputSchema,
  leastRole,
  MAX_TOKEN_DAYS,
  type OwnToken,
  permissionFor,
  scopesOf,
  type TokenDto,
  tokenScopeSchema,
  type tokensSchema,
} from "./contract";
import { newSecret, secretHash } from "./secret-text";
import { type TokenEvent, tokenStream } from "./token-stream";

const DAY = 86_400_000;
const MOST_OF_ONE_OWNER = 50;

interface Row {
  id: string;
  personId: string | null;
  name: string;
  scopes: string[];
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  lastUsedFrom: string;
}

async function maxDaysOf(tx: Transaction, tenantId: string): Promise<number> {
  return (await tx.apiTokenPolicy.findUnique({ where: { tenantId } }))?.maxDays ?? MAX_TOKEN_DAYS;
}

function dto(row: Row, names: Record<string, string>, maxDays: number, ctx: TenantContext): TokenDto {
  const expiresAt = new Date(Math.min(row.expiresAt.getTime(), row.createdAt.getTime() + maxDays * DAY));
  return {
    id: row.id,
    name: row.name,
    person: row.personId === null ? null : { id: row.personId, name: names[row.personId] ?? null },
    createdBy: names[row.createdBy] ?? null,
    scopes: tokenScopeSchema.array().parse(row.scopes),
    createdAt: row.createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    lastUsedFrom: row.lastUsedFrom,
    own: row.personId === ctx.actor.id,
  };
}

const addApiToken = command(
  {
    name: "createApiToken",
    permission: "tokens:own",
    input: createTokenInputSchema.extend({ id: z.uuid() }),
    stream: tokenStream,
    feature: "tokens",
    // A token is asked for no second factor, so making one must be.
    stepUp: true,
  },
  async (state, { id, name, scopes: wanted, days, service }, { directory: tx, ctx, now }) => {
    if (state) throw new AppError("conflict", "There is such a token already.");
    const { tenantId, role, actor } = ctx;
    if (service && !can(role, "tokens:manage")) {
      throw new AppError("forbidden", "Only admins make tokens of the tenant itself.", { permission: "tokens:manage" });
    }
    const scopes = [...new Set(wanted)];
    const missing = scopes.find((scope) => !can(role, permissionFor(scope)));
    if (missing) {
      throw new AppError("forbidden", `Your role (${role}) does not include ${missing}, so your token cannot.`, {
        permission: permissionFor(missing),
      });
    }
    const maxDays = await maxDaysOf(tx, tenantId);
    if (days > maxDays) {
      throw new AppError("invalid_input", `A token of this tenant lives ${maxDays} days at most.`, { maxDays });
    }
    const personId = service ? null : actor.id;
    if (
      (await tx.apiToken.count({ where: { personId, revokedAt: null, expiresAt: { gt: now } } })) >= MOST_OF_ONE_OWNER
    ) {
      throw new AppError("conflict", `There are ${MOST_OF_ONE_OWNER} tokens. Revoke one first.`);
    }
    const secret = newSecret("sbx");
    const row = {
      ...{ id, tenantId, personId, name, scopes, createdBy: actor.id, createdAt: now },
      role: service ? leastRole(scopes) : null,
      hash: secretHash(secret),
      expiresAt: new Date(now.getTime() + days * DAY),
    };
    await tx.apiToken.create({ data: row });
    const data = { person: personId, name, scopes, expiresAt: row.expiresAt.toISOString() };
    const event: TokenEvent = { type: "ApiTokenCreated", data };
    const token = dto({ ...row, lastUsedAt: null, lastUsedFrom: "" }, await namesOf(tx, [actor.id]), maxDays, ctx);
    const result: z.infer<typeof createdTokenSchema> = { token, secret };
    return { events: [event], result };
  },
);

/** A token of the person who asks, or of the tenant itself, with scopes that this person has. Its text is in this answer only. */
export function createApiToken(ctx: TenantContext, input: CreateTokenInput) {
  return addApiToken(ctx, { ...input, id: randomUUID() });
}

/** Of one's own, or any of the tenant as an admin. Worth nothing from the next request on, also what it was exchanged for. */
export const revokeApiToken = command(
  {
    name: "revokeApiToken",
    permission: "tokens:own",
    input: z.object({ id: z.uuid() }),
    stream: tokenStream,
    inAnyState: true,
  },
  (state, _input, { ctx }) => {
    const mayManage = can(ctx.role, "tokens:manage");
    if (!state || (state.person !== ctx.actor.id && !mayManage)) {
      throw new AppError("not_found", "There is no such token.");
    }
    const event: TokenEvent = { type: "ApiTokenRevoked", data: { person: state.person } };
    return { events: state.revoked ? [] : [event], result: undefined };
  },
);

export const listApiTokens = query(
  { name: "listApiTokens", permission: "tokens:own", directory: true, input: z.undefined() },
  async (tx, _input, ctx): Promise<z.infer<typeof tokensSchema>> => {
    const whose = can(ctx.role, "tokens:manage") ? {} : { personId: ctx.actor.id };
    const now = new Date();
    const maxDays = await maxDaysOf(tx, ctx.tenantId);
    const createdAt = { gt: new Date(now.getTime() - maxDays * DAY) };
    const rows = await tx.apiToken.findMany({
      where: { ...whose, revokedAt: null, expiresAt: { gt: now }, createdAt },
      orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    });
    const names = await namesOf(
      tx,
      rows.flatMap(({ personId, createdBy }) => [personId ?? createdBy, createdBy]),
    );
    const available = (await planOf(ctx.tenantId)).features.includes("tokens");
    const tokens = rows.map((row) => dto(row, names, maxDays, ctx));
    return { tokens, maxDays, grantable: scopesOf(ctx.role), available };
  },
);

/** Those of one person, in whatever tenant. */
export async function ownApiTokens(personId: string): Promise<OwnToken[]> {
  const rows = await onPlatform((tx) => tx.$queryRaw<OwnRow[]>`SELECT * FROM api_tokens_of(${personId}::uuid)`);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    tenant: { slug: row.slug, name: row.tenant_name },
    scopes: tokenScopeSchema.array().parse(row.scopes),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    lastUsedFrom: row.last_used_from,
  }));
}

interface OwnRow {
  id: string;
  slug: string;
  tenant_name: string;
  name: string;
  scopes: string[];
  created_at: Date;
  expires_at: Date;
  last_used_at: Date | null;
  last_used_from: string;
}
