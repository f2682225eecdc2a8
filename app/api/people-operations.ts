import { z } from "zod";
import { accessDtoSchema } from "@/lib/tenancy/access/contract";
import * as tenancy from "@/lib/tenancy/contract";
import { setGrantsInputSchema } from "@/lib/tenancy/grants/contract";
import { groupRolesDtoSchema, groupRolesSchema } from "@/lib/tenancy/groups/contract";
import type { Operation } from "./operations";

/** Who may do what, and who looked at that. */
export const PEOPLE_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/{tenant}/mail-language",
    tag: "people",
    summary: "What mails are written in to people whose language nobody knows",
    status: 200,
    answer: tenancy.tenantLanguageSchema,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/mail-language",
    tag: "people",
    summary: "Say what mails are written in to people whose language nobody knows; null: English",
    body: tenancy.tenantLanguageSchema,
    status: 200,
    answer: tenancy.tenantLanguageSchema,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/members/{id}/grants",
    tag: "people",
    summary: "Limit a member to some receivers and routes, or lift the limits",
    body: setGrantsInputSchema,
    status: 200,
    answer: tenancy.memberDtoSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/members/{id}/invitation",
    tag: "people",
    summary: "Another link for somebody who has not come yet, by mail or in the answer; the one before ends",
    body: tenancy.resendInvitationInputSchema,
    status: 200,
    answer: tenancy.invitationSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/members/{id}/review",
    tag: "people",
    summary: "Say that what this member may do is as it should be",
    status: 204,
  },
  {
    method: "GET",
    path: "/api/{tenant}/access",
    tag: "people",
    summary: "Who can do what, since when, by what, and when they did last",
    status: 200,
    answer: accessDtoSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/access/export",
    tag: "people",
    summary: "The same as a table (text/csv)",
    status: 200,
    answer: z.string(),
  },
  {
    method: "GET",
    path: "/api/{tenant}/group-roles",
    tag: "people",
    summary: "What groups of the tenant’s directory and sign-in service come to",
    status: 200,
    answer: groupRolesDtoSchema,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/group-roles",
    tag: "people",
    summary: "Say what groups come to; members of SCIM groups follow at once, the others when they sign in next",
    body: groupRolesSchema,
    status: 200,
    answer: groupRolesDtoSchema,
  },
];
