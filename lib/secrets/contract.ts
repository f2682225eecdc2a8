import { z } from "zod";

export const ALGORITHMS = ["aes-256-gcm", "chacha20-poly1305"] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

/** Who keeps a key-encryption key. */
export const KEY_PROVIDERS = ["file", "pkcs11", "aws-kms"] as const;
export type ProviderName = (typeof KEY_PROVIDERS)[number];

/** `primary` wraps what is new; `refused` is older than the minimum version: nothing is opened with it any more. */
export const KEY_STATES = ["primary", "older", "refused"] as const;

const keyDtoSchema = z.object({
  version: z.int(),
  provider: z.enum(KEY_PROVIDERS),
  keyId: z.string(),
  algorithm: z.enum(ALGORITHMS),
  state: z.enum(KEY_STATES),
  /** How often it wrapped something. */
  uses: z.number(),
  /** How many data keys it wraps now. */
  dataKeys: z.int(),
  createdAt: z.iso.datetime(),
  /** An opaque id: `system`, or a person's. */
  createdBy: z.string(),
  /** Whether its provider opens with it what it wrapped. */
  ok: z.boolean(),
  detail: z.string(),
});
export type KeyDto = z.infer<typeof keyDtoSchema>;

const dataKeyDtoSchema = z.object({
  tenantId: z.uuid(),
  version: z.int(),
  kekVersion: z.int(),
  algorithm: z.enum(ALGORITHMS),
  uses: z.number(),
  createdAt: z.iso.datetime(),
});
export type DataKeyDto = z.infer<typeof dataKeyDtoSchema>;

export const keyringSchema = z.object({
  minimumVersion: z.int(),
  /** Newest first. */
  keys: z.array(keyDtoSchema),
  dataKeys: z.object({
    total: z.int(),
    /** Wrapped by the primary key already. */
    rewrapped: z.int(),
    /** A data key is replaced when it has sealed this often. */
    usesLimit: z.number(),
    /** Of those that were replaced: how many seal something still, seal nothing any more, and are destroyed. */
    replaced: z.object({ sealing: z.int(), unused: z.int(), destroyed: z.int() }),
    /** The most used ones. */
    mostUsed: z.array(dataKeyDtoSchema),
  }),
  /** Who would make the next key. */
  provider: z.enum(KEY_PROVIDERS),
  /** In days; 0: by hand. */
  rotation: z.object({ keys: z.int(), dataKeys: z.int() }),
});
export type KeyringDto = z.infer<typeof keyringSchema>;

export const raiseMinimumSchema = z.object({ version: z.int().min(1) });
export const rotateDataKeySchema = z.object({ tenantId: z.uuid() });
export const rewrapResultSchema = z.object({ rewrapped: z.int(), left: z.int() });
export type RewrapResult = z.infer<typeof rewrapResultSchema>;
export const sealAgainResultSchema = z.object({
  /** Values that are sealed under a newer data key now. */
  resealed: z.int(),
  /** Data keys that were destroyed. */
  destroyed: z.int(),
  /** Replaced data keys that are not destroyed yet: they seal something still, or their time is not over. */
  left: z.int(),
});
export type SealAgainResult = z.infer<typeof sealAgainResultSchema>;
export const verifyResultSchema = z.object({
  tried: z.int(),
  failed: z.array(z.object({ tenantId: z.uuid(), version: z.int(), reason: z.string() })),
});
export type VerifyResult = z.infer<typeof verifyResultSchema>;
