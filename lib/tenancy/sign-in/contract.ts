import { z } from "zod";
import { roleSchema } from "../contract";

/** What a claim gives inside one tenant; the part of OIDC_ROLE_MAP that is a tenant's own. */
export const roleMapSchema = z.object({
  claim: z.string().trim().min(1).max(200),
  map: z.record(z.string().min(1).max(200), roleSchema),
  /** For somebody to whom the claim gives nothing and who is no member yet; `null`: they are not let in. */
  otherwise: roleSchema.nullable(),
});
export type RoleMap = z.infer<typeof roleMapSchema>;

export const providerInputSchema = z.object({
  name: z.string().trim().min(1).max(60),
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  clientId: z.string().trim().min(1).max(500),
  /** Left out: the one that is kept stays. `null`: none, PKCE alone proves that the code is ours. */
  clientSecret: z.string().min(1).max(2000).nullable().optional(),
  scopes: z
    .string()
    .max(300)
    .regex(/^[!-~]+(?: [!-~]+)*$/, "Scopes are words with one blank between them.")
    .refine((scopes) => scopes.split(" ").includes("openid"), "OpenID Connect needs the scope openid."),
  roleMap: roleMapSchema,
  enabled: z.boolean(),
});
export type ProviderInput = z.infer<typeof providerInputSchema>;

const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** As DNS writes it, in lower case; names in other scripts as `xn--…`. */
export const domainSchema = z
  .string()
  .trim()
  .transform((text) =>
    /^[\p{L}\p{N}.-]+$/u.test(text) && URL.canParse(`http://${text}`) ? new URL(`http://${text}`).hostname : text,
  )
  .pipe(z.string().regex(DOMAIN, "This is no domain of e-mail addresses."));
export const domainInputSchema = z.object({ domain: domainSchema });
export const confirmDomainInputSchema = z.object({ tenantId: z.uuid(), domain: domainSchema });

export const policyInputSchema = z.object({
  enforced: z.boolean(),
  /** Admins who may come in all the same; each use is recorded. */
  breakGlass: z.array(z.uuid()).max(10),
});

export const CHALLENGE_LABEL = "_signalbox-challenge";

export const signInDomainDtoSchema = z.object({
  domain: z.string(),
  verifiedBy: z.enum(["dns", "operator"]).nullable(),
  /** The TXT record that proves the domain. */
  record: z.object({ name: z.string(), value: z.string() }),
});
export type SignInDomainDto = z.infer<typeof signInDomainDtoSchema>;

export const tenantSignInDtoSchema = z.object({
  /** To be registered at the provider; it stays the same. */
  callbackUrl: z.string(),
  /** Leads to this tenant's way to sign in. */
  signInUrl: z.string(),
  provider: providerInputSchema
    .omit({ clientSecret: true })
    .extend({
      hasSecret: z.boolean(),
      /** A round trip with exactly these settings succeeded. */
      tested: z.boolean(),
    })
    .nullable(),
  domains: z.array(signInDomainDtoSchema),
  policy: policyInputSchema,
  /** Who can be named for emergencies: admins who can sign in without the provider. */
  candidates: z.array(z.object({ id: z.uuid(), name: z.string(), email: z.string() })),
});
export type TenantSignInDto = z.infer<typeof tenantSignInDtoSchema>;

export const operatorDomainDtoSchema = z.object({
  tenantId: z.uuid(),
  tenantSlug: z.string(),
  domain: z.string(),
  verifiedBy: z.enum(["dns", "operator"]).nullable(),
  createdAt: z.iso.datetime(),
});

export const TEST_PROBLEMS = [
  "refused",
  "unreachable",
  "wrong_issuer",
  "bad_token",
  "no_email",
  "unverified_email",
  "foreign_domain",
  "no_role",
] as const;
export const testOutcomeSchema = z.object({
  claims: z.record(z.string(), z.unknown()),
  /** Which role the claims would give; `null`: none. */
  role: roleSchema.nullable(),
  /** What keeps such a person out, or the provider from being used. */
  problem: z.enum(TEST_PROBLEMS).nullable(),
  /** The other side's own words. */
  detail: z.string(),
});
export type TestOutcome = z.infer<typeof testOutcomeSchema>;

export const testStartedSchema = z.object({ id: z.uuid(), url: z.url() });
/** `outcome` is null until the provider sent the browser back, and again an hour later. */
export const signInTestDtoSchema = z.object({ id: z.uuid(), outcome: testOutcomeSchema.nullable() });

export const whereToInputSchema = z.object({ email: z.email().max(254) });
/** By the domain alone: whether there is such a person is nobody's to learn here. */
export const whereToSchema = z.object({ provider: z.object({ id: z.string(), name: z.string() }).nullable() });
