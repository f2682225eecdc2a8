import { z } from "zod";
import { roleSchema } from "../contract";

export const factorDtoSchema = z.object({
  id: z.uuid(),
  kind: z.enum(["totp", "passkey"]),
  name: z.string(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export type FactorDto = z.infer<typeof factorDtoSchema>;

/** `address`: people reach us under an IP address; `insecure`: without https. */
export const passkeysPossibleSchema = z.object({
  possible: z.boolean(),
  why: z.enum(["address", "insecure"]).optional(),
  /** Where they work, or would not. */
  origin: z.string(),
});
export type PasskeysPossible = z.infer<typeof passkeysPossibleSchema>;

export const secondFactorDtoSchema = z.object({
  factors: z.array(factorDtoSchema),
  recoveryCodesLeft: z.int(),
  passkeys: passkeysPossibleSchema,
  /** Names of the tenants that demand a second factor of this person. */
  demandedBy: z.array(z.string()),
  /** The installation demands one of everybody. */
  demandedOfEverybody: z.boolean(),
  /** An admin or an operator took all away, and none was added since. */
  resetAt: z.iso.datetime().nullable(),
});
export type SecondFactorDto = z.infer<typeof secondFactorDtoSchema>;

const base64url = z
  .string()
  .regex(/^[\w-]+$/)
  .max(100_000);
const factorName = z.string().trim().min(1).max(60);

export const totpBegunSchema = z.object({ id: z.uuid(), secret: z.string(), uri: z.string() });
export type TotpBegun = z.infer<typeof totpBegunSchema>;
export const confirmTotpInputSchema = z.object({ id: z.uuid(), name: factorName, code: z.string().max(20) });

/** Recovery codes are there when these are the first: the one time that they are shown. */
export const enrolledSchema = z.object({ factor: factorDtoSchema, recoveryCodes: z.array(z.string()).nullable() });
export type Enrolled = z.infer<typeof enrolledSchema>;
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });

/** What a browser's authenticator answers, as WebAuthn's JSON forms spell it. */
export const registrationSchema = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(40)).max(10).optional(),
  }),
});
export const enrolPasskeyInputSchema = z.object({ name: factorName, response: registrationSchema });
export const assertionSchema = z.object({
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  response: z.object({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
});
export type Assertion = z.infer<typeof assertionSchema>;

/** Options for the browser's own call; it knows what they mean. */
export const webauthnOptionsSchema = z.record(z.string(), z.unknown());

/** How somebody proves once more who they are. `password` counts for those who have no second factor. */
export const proofSchema = z.union([
  z.strictObject({ code: z.string().max(20) }),
  z.strictObject({ recoveryCode: z.string().max(60) }),
  z.strictObject({ passkey: assertionSchema }),
  z.strictObject({ password: z.string().max(256) }),
]);
export type Proof = z.infer<typeof proofSchema>;

export const stepUpDtoSchema = z.object({
  /** The session opens nothing until it is proven. */
  pending: z.boolean(),
  /** Ways that this person has; none: signing in again is the way. */
  methods: z.array(z.enum(["totp", "passkey", "recovery", "password"])),
});
export type StepUpDto = z.infer<typeof stepUpDtoSchema>;

/** Which roles of a tenant need a second factor, and who has one. */
export const tenantSecondFactorDtoSchema = z.object({
  roles: z.array(roleSchema),
  members: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      email: z.string(),
      role: roleSchema,
      has: z.boolean(),
      /** Only those who belong to this tenant alone; for others ask an operator. */
      mayReset: z.boolean(),
    }),
  ),
});
export type TenantSecondFactorDto = z.infer<typeof tenantSecondFactorDtoSchema>;
export const demandInputSchema = z.object({
  roles: z
    .array(roleSchema)
    .max(4)
    .transform((roles) => [...new Set(roles)]),
});

export const resetFactorsInputSchema = z.object({ email: z.email().max(254) });
