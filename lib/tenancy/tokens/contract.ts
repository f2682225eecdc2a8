import { z } from "zod";
import { can, PERMISSIONS, type Permission, ROLES, type Role } from "../contract";

/** The most that a token may live; a tenant may say less. */
export const MAX_TOKEN_DAYS = 365;

function forTokens(name: string): name is Exclude<Permission, "tokens:own" | "tokens:manage"> {
  // A token never makes another one: what was stolen must end with it.
  return Object.hasOwn(PERMISSIONS, name) && !name.startsWith("tokens:");
}
const GRANTABLE = Object.keys(PERMISSIONS).filter(forTokens);

/** What a token may be good for: permissions of its person, and `scim`, which provisions people and does nothing else. */
export const TOKEN_SCOPES = [...GRANTABLE, "scim"] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];
export const tokenScopeSchema = z.enum(TOKEN_SCOPES);

/** Provisioning is managing members. */
export function permissionFor(scope: TokenScope): Permission {
  return scope === "scim" ? "members:manage" : scope;
}

export function scopesOf(role: Role): TokenScope[] {
  return TOKEN_SCOPES.filter((scope) => can(role, permissionFor(scope)));
}

/** The least role that includes all of them: that of a service account. */
export function leastRole(scopes: readonly TokenScope[]): Role {
  return ROLES.find((role) => scopes.every((scope) => can(role, permissionFor(scope)))) ?? "admin";
}

export const createTokenInputSchema = z.object({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(tokenScopeSchema).min(1).max(TOKEN_SCOPES.length),
  days: z.number().int().min(1).max(MAX_TOKEN_DAYS),
  /** Of the tenant and not of the person who makes it: it stays when they leave. Admins only. */
  service: z.boolean().default(false),
});
export type CreateTokenInput = z.input<typeof createTokenInputSchema>;

export const tokenDtoSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Whose token it is; `null`: a service account's. */
  person: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  createdBy: z.string().nullable(),
  scopes: z.array(tokenScopeSchema),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  /** Address of the last use. */
  lastUsedFrom: z.string(),
  own: z.boolean(),
});
export type TokenDto = z.infer<typeof tokenDtoSchema>;

export const tokenPolicySchema = z.object({ maxDays: z.number().int().min(1).max(MAX_TOKEN_DAYS) });

export const tokensSchema = z.object({
  /** An admin sees all of the tenant, everybody else their own. */
  tokens: z.array(tokenDtoSchema),
  maxDays: tokenPolicySchema.shape.maxDays,
  /** What the person who asks may give. */
  grantable: z.array(tokenScopeSchema),
  /** Whether the tenant's tier includes tokens; without, none is made and none is taken. */
  available: z.boolean(),
});

/** The one time that the token is shown: only its hash is kept. */
export const createdTokenSchema = z.object({ token: tokenDtoSchema, secret: z.string() });

export const ownTokenSchema = z.object({
  ...tokenDtoSchema.omit({ person: true, createdBy: true, own: true }).shape,
  tenant: z.object({ slug: z.string(), name: z.string() }),
});
export type OwnToken = z.infer<typeof ownTokenSchema>;

/** RFC 8693, and RFC 6749 for the refresh; as a form or as JSON. */
export const tokenRequestSchema = z.discriminatedUnion("grant_type", [
  z.object({
    grant_type: z.literal("urn:ietf:params:oauth:grant-type:token-exchange"),
    /** The API token. */
    subject_token: z.string().max(200),
    subject_token_type: z.literal("urn:ietf:params:oauth:token-type:access_token").optional(),
    /** Some of its scopes, apart by blanks; default: all. */
    scope: z.string().max(1000).optional(),
  }),
  z.object({ grant_type: z.literal("refresh_token"), refresh_token: z.string().max(200) }),
]);
export type TokenRequest = z.infer<typeof tokenRequestSchema>;

export const tokenAnswerSchema = z.object({
  access_token: z.string(),
  issued_token_type: z.literal("urn:ietf:params:oauth:token-type:access_token"),
  token_type: z.literal("Bearer"),
  expires_in: z.number().int(),
  /** For one use. */
  refresh_token: z.string(),
  scope: z.string(),
});
export type TokenAnswer = z.infer<typeof tokenAnswerSchema>;
