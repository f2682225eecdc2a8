import { z } from "zod";
import { ROLES, type Role, roleSchema } from "../contract";
import { type Grants, grantsSchema, joinGrants } from "../grants/contract";

/** What the groups of a directory, or of a sign-in service, come to here. */
export const groupRoleSchema = z.object({
  name: z.string().trim().min(1).max(254),
  role: roleSchema,
  /** `null`: all that the role includes. */
  grants: grantsSchema.nullable(),
});
export type GroupRole = z.infer<typeof groupRoleSchema>;

export const groupRolesSchema = z.object({
  groups: z
    .array(groupRoleSchema)
    .max(500)
    .refine(
      (groups) => new Set(groups.map(({ name }) => name.toLowerCase())).size === groups.length,
      "A group is named twice.",
    ),
});
export type GroupRoles = z.infer<typeof groupRolesSchema>;

/** With the groups that the tenant's directory has told of, to choose from. */
export const groupRolesDtoSchema = groupRolesSchema.extend({ known: z.array(z.string()) });

/** Of several groups the strongest role, with all that groups of that role may change. `null`: none of them means anything. */
export function roleOfGroups(
  mapping: readonly GroupRole[],
  names: readonly string[],
): { role: Role; grants: Grants | null } | null {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const meant = mapping.filter(({ name }) => wanted.has(name.toLowerCase()));
  const role = ROLES.findLast((one) => meant.some((group) => group.role === one));
  if (!role) return null;
  return { role, grants: joinGrants(meant.filter((group) => group.role === role).map(({ grants }) => grants)) };
}
