import { z } from "zod";

export const SCIM = {
  user: "urn:ietf:params:scim:schemas:core:2.0:User",
  enterprise: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  group: "urn:ietf:params:scim:schemas:core:2.0:Group",
  list: "urn:ietf:params:scim:api:messages:2.0:ListResponse",
  patch: "urn:ietf:params:scim:api:messages:2.0:PatchOp",
  error: "urn:ietf:params:scim:api:messages:2.0:Error",
} as const;

/** Why a request is refused (RFC 7644 §3.12). */
export type ScimType =
  | "invalidFilter"
  | "invalidPath"
  | "invalidSyntax"
  | "invalidValue"
  | "mutability"
  | "noTarget"
  | "uniqueness";

/** Some directories send words. */
const scimBoolean = z.union([z.boolean(), z.stringbool({ truthy: ["true"], falsy: ["false"] })]);
const multiple = z.array(z.looseObject({ value: z.string().max(500), primary: scimBoolean.optional() })).max(50);

export const scimUserSchema = z.looseObject({
  schemas: z.array(z.string()).optional(),
  userName: z.string().trim().min(1).max(254),
  externalId: z.string().max(254).nullish(),
  displayName: z.string().max(254).nullish(),
  name: z
    .looseObject({
      formatted: z.string().max(254).nullish(),
      givenName: z.string().max(120).nullish(),
      familyName: z.string().max(120).nullish(),
    })
    .nullish(),
  emails: multiple.nullish(),
  active: scimBoolean.optional(),
});
export type ScimUserInput = z.infer<typeof scimUserSchema>;

export const scimGroupSchema = z.looseObject({
  schemas: z.array(z.string()).optional(),
  displayName: z.string().trim().min(1).max(254),
  externalId: z.string().max(254).nullish(),
  members: z
    .array(z.looseObject({ value: z.string().max(64) }))
    .max(10_000)
    .nullish(),
});
export type ScimGroupInput = z.infer<typeof scimGroupSchema>;

export const scimPatchSchema = z.looseObject({
  schemas: z.array(z.string()),
  Operations: z
    .array(z.looseObject({ op: z.string(), path: z.string().max(500).optional(), value: z.unknown().optional() }))
    .min(1)
    .max(1000),
});

/** A user or group as it is told. */
export type ScimResource = { readonly [key: string]: unknown } & { id: string };

export interface ScimList {
  filter?: string | undefined;
  startIndex?: string | undefined;
  count?: string | undefined;
}
