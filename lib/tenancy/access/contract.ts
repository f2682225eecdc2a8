import { z } from "zod";
import { memberDtoSchema, roleSchema } from "../contract";

const tokenSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});

/** Who can do what in a tenant. */
export const accessDtoSchema = z.object({
  people: z.array(
    memberDtoSchema.omit({ invitedUntil: true }).extend({
      secondFactor: z.boolean(),
      tokens: z.array(tokenSchema),
      /** To the hour; `null`: never, or before this was written down. */
      lastUsedAt: z.iso.datetime().nullable(),
      reviewedAt: z.iso.datetime().nullable(),
      reviewedBy: z.string().nullable(),
    }),
  ),
  /** Tokens that belong to the tenant and to nobody. */
  services: z.array(tokenSchema.extend({ role: roleSchema })),
});
export type AccessDto = z.infer<typeof accessDtoSchema>;
export type AccessOfPerson = AccessDto["people"][number];
