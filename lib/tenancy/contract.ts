import { z } from "zod";
import { grantsSchema } from "./grants/contract";
import { tierNameSchema } from "./tiers/contract";

export const ROLES = ["viewer", "editor", "approver", "admin"] as const;
export const roleSchema = z.enum(ROLES);
export type Role = (typeof ROLES)[number];

/** Who may do what inside a tenant: the server refuses by it and the interface hides by it. */
export const PERMISSIONS = {
  "configuration:view": ["viewer", "editor", "approver", "admin"],
  "configuration:edit": ["editor", "approver", "admin"],
  "configuration:publish": ["approver", "admin"],
  "changes:review": ["approver", "admin"],
  "changes:schedule": ["approver", "admin"],
  /** To publish without the approvals, or in a freeze window: with a reason, and told to everybody. */
  "changes:bypass": ["admin"],
  "secrets:replace": ["editor", "approver", "admin"],
  "targets:view": ["viewer", "editor", "approver", "admin"],
  "members:view": ["viewer", "editor", "approver", "admin"],
  "members:manage": ["admin"],
  "audit:view": ["approver", "admin"],
  "tenant:settings": ["admin"],
  "tokens:own": ["viewer", "editor", "approver", "admin"],
  "tokens:manage": ["admin"],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

export function can(role: Role, permission: Permission): boolean {
  const allowed: readonly Role[] = PERMISSIONS[permission];
  return allowed.includes(role);
}

function isPermission(name: string): name is Permission {
  return Object.hasOwn(PERMISSIONS, name);
}

/** All of them, for a page that must ask without this file. */
export function permissionsOf(role: Role): Permission[] {
  return Object.keys(PERMISSIONS)
    .filter(isPermission)
    .filter((permission) => can(role, permission));
}

/** First path segments that are URLs of ours, so no tenant may be called so. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  "account",
  "api",
  "assets",
  "auth",
  "docs",
  "favicon.ico",
  "healthz",
  "livez",
  "metrics",
  "platform",
  "public",
  "readyz",
  "robots.txt",
  "second-factor",
  "set-password",
  "sign-in",
  "sign-out",
  "signed-out",
  "static",
  "welcome",
]);
export const SLUG = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
export const slugSchema = z
  .string()
  .min(2)
  .max(40)
  .regex(SLUG, "Use lower-case letters, digits and single hyphens, beginning with a letter.")
  .refine((slug) => !RESERVED_SLUGS.has(slug), "This name is reserved for a page of Signalbox.");

export const meSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  isOperator: z.boolean(),
  hasPassword: z.boolean(),
  sessionId: z.uuid(),
  tenants: z.array(z.object({ id: z.uuid(), slug: z.string(), name: z.string(), role: roleSchema })),
});
export type Me = z.infer<typeof meSchema>;

export const memberDtoSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  /** `oidc` and `sso` (the tenant's own service) memberships follow the claims at each sign-in. */
  source: z.enum(["invitation", "oidc", "bootstrap", "sso", "scim"]),
  status: z.enum(["active", "invited"]),
  joinedAt: z.iso.datetime(),
  /** `null`: all that the role includes. */
  grants: grantsSchema.nullable(),
  /** Until when the link of somebody invited works; `null`: it was used, or there is none. */
  invitedUntil: z.iso.datetime().nullable(),
});
export type MemberDto = z.infer<typeof memberDtoSchema>;

export const mailLanguageSchema = z.enum(["en", "fr", "de"]);
export type MailLanguage = z.infer<typeof mailLanguageSchema>;
export const setLanguageInputSchema = z.object({ language: mailLanguageSchema });
/** What a tenant's mails are written in to people of whom nobody knows what they read; `null`: English. */
export const tenantLanguageSchema = z.object({ language: mailLanguageSchema.nullable() });
export const inviteMemberInputSchema = z.object({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(120),
  role: roleSchema,
  /** What they may change; absent: all that the role includes. */
  grants: grantsSchema.nullable().optional(),
  /** The link goes to them by mail, in this language or in theirs, and is in no answer. Absent: it is in the answer. */
  mail: z.object({ language: mailLanguageSchema.optional() }).optional(),
});
export const resendInvitationInputSchema = inviteMemberInputSchema.pick({ mail: true });
export const changeRoleInputSchema = z.object({ role: roleSchema });
/** The one time that the link is shown: only its hash is kept. */
export const invitationSchema = z.object({
  member: memberDtoSchema,
  link: z.string(),
  /** `null`: the person is known to the installation, so `link` is the tenant's ordinary address and signs nobody in. */
  expiresAt: z.iso.datetime().nullable(),
  /** It went to them by mail, and `link` is the tenant's ordinary address. */
  mailed: z.boolean(),
});

export const sessionDtoSchema = z.object({
  id: z.uuid(),
  createdAt: z.iso.datetime(),
  lastSeenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  userAgent: z.string(),
  /** Where it was opened from; empty for sessions older than this field. */
  address: z.string(),
  method: z.enum(["oidc", "password", "link", "passkey"]),
  /** What else was shown: `totp`, `passkey`, `recovery`; `mfa`: the sign-in service says that it asked for two factors. */
  factors: z.array(z.string()),
  current: z.boolean(),
});
export type SessionDto = z.infer<typeof sessionDtoSchema>;

export const tenantDtoSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  members: z.number().int(),
});
export type TenantDto = z.infer<typeof tenantDtoSchema>;
export const createTenantInputSchema = z.object({
  slug: slugSchema,
  name: z.string().trim().min(1).max(80),
  /** Left out: professional. */
  tier: tierNameSchema.optional(),
});

export const setPasswordInputSchema = z.object({
  password: z.string().min(12, "At least 12 characters, please.").max(256),
  /** Needed when a password is replaced. */
  current: z.string().max(256).optional(),
});
