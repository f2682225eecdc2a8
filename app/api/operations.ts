import { z } from "zod";
import * as configuration from "@/lib/configuration/contract";
import { rebaseInputSchema } from "@/lib/configuration/review/contract";
import {
  publicationDtoSchema,
  publishAgainSchema,
  requestPublicationSchema,
  targetDifferenceQuerySchema,
  targetDifferenceSchema,
} from "@/lib/publishing/contract";
import {
  liveDtoSchema,
  placeInputSchema,
  targetDtoSchema,
  targetTemplatesQuerySchema,
  targetTemplatesSchema,
} from "@/lib/targets/contract";
import { auditPageSchema, auditQuerySchema } from "@/lib/tenancy/audit/contract";
import * as tenancy from "@/lib/tenancy/contract";
import { AUDIT_OPERATIONS } from "./audit-operations";
import { AUDIT_PAGE_OPERATIONS } from "./audit-page-operations";
import { EXPECTATION_OPERATIONS } from "./expectation-operations";
import { HISTORY_OPERATIONS } from "./history-operations";
import { NOTICE_OPERATIONS } from "./notice-operations";
import { PEOPLE_OPERATIONS } from "./people-operations";
import { PLATFORM_OPERATIONS } from "./platform-operations";
import { REVIEW_OPERATIONS } from "./review-operations";
import { SCIM_OPERATIONS } from "./scim-operations";
import { SECOND_FACTOR_OPERATIONS } from "./second-factor-operations";
import { SIGN_IN_OPERATIONS } from "./sign-in-operations";
import { TEST_SEND_OPERATIONS } from "./test-send-operations";
import { TIER_OPERATIONS } from "./tier-operations";
import { TOKEN_OPERATIONS } from "./token-operations";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Operation {
  method: Method;
  /** As OpenAPI spells it; a parameter is named like the folder of its route file. */
  path: string;
  summary: string;
  tag: "configuration" | "revisions" | "publishing" | "review" | "targets" | "people" | "platform" | "audit" | "alerts";
  query?: z.ZodObject;
  body?: z.ZodType;
  /** `If-Match` with the version seen. */
  versioned?: true;
  status: 200 | 201 | 202 | 204;
  /** Of the answer, where it is not JSON. */
  media?: string;
  /** Absent: an empty answer. */
  answer?: z.ZodType;
  /** Of SCIM: only tokens with that scope, its own media type, its own failures. */
  scim?: true;
}

const { changeDtoSchema } = configuration;

/** Every operation of the API. The documentation is drawn from it, and a test holds the route files against it. */
export const OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/{tenant}",
    tag: "configuration",
    summary: "Counts and open problems of a tenant",
    status: 200,
    answer: configuration.tenantSummarySchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/live",
    tag: "configuration",
    summary: "What is live, from which a new change starts",
    status: 200,
    answer: configuration.liveDocumentSchema,
  },
  ...AUDIT_OPERATIONS,
  ...AUDIT_PAGE_OPERATIONS,
  ...TEST_SEND_OPERATIONS,
  ...EXPECTATION_OPERATIONS,
  ...REVIEW_OPERATIONS,
  ...NOTICE_OPERATIONS,
  {
    method: "GET",
    path: "/api/{tenant}/changes",
    tag: "configuration",
    summary: "Changes, newest first",
    status: 200,
    answer: z.array(configuration.changeSummarySchema),
  },
  {
    method: "POST",
    path: "/api/{tenant}/changes",
    tag: "configuration",
    summary: "Open a change on what is live",
    body: configuration.openChangeInputSchema,
    status: 201,
    answer: changeDtoSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/changes/{id}",
    tag: "configuration",
    summary: "A change with its document",
    status: 200,
    answer: changeDtoSchema,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/changes/{id}/document",
    tag: "configuration",
    summary: "Save the whole document; plaintext secrets are sealed",
    versioned: true,
    body: configuration.documentSchema,
    status: 200,
    answer: changeDtoSchema,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/changes/{id}/receivers/{receiver}",
    tag: "configuration",
    summary: "Add or replace a receiver",
    versioned: true,
    body: configuration.receiverShapeSchema,
    status: 200,
    answer: changeDtoSchema,
  },
  {
    method: "DELETE",
    path: "/api/{tenant}/changes/{id}/receivers/{receiver}",
    tag: "configuration",
    summary: "Delete a receiver that no route uses",
    versioned: true,
    status: 200,
    answer: changeDtoSchema,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/changes/{id}/title",
    tag: "configuration",
    summary: "Give a change another title",
    versioned: true,
    body: configuration.retitleInputSchema,
    status: 200,
    answer: changeDtoSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/changes/{id}/abandon",
    tag: "configuration",
    summary: "Give a change up",
    versioned: true,
    status: 200,
    answer: changeDtoSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/changes/{id}/rebase",
    tag: "configuration",
    summary: "Bring a change up to what is live; in conflicts its own side stays, unless `theirs` names the place",
    versioned: true,
    body: rebaseInputSchema,
    status: 200,
    answer: configuration.rebaseResultSchema,
  },
  {
    method: "DELETE",
    path: "/api/{tenant}/changes/{id}/unread",
    tag: "configuration",
    summary: "Drop the kept texts that cannot be read as YAML",
    versioned: true,
    status: 200,
    answer: changeDtoSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/changes/{id}/publish",
    tag: "publishing",
    summary: "Freeze a change as a revision and bring it to its targets",
    body: requestPublicationSchema.omit({ changeId: true }),
    status: 202,
    answer: publicationDtoSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/import",
    tag: "configuration",
    summary: "Open a change that holds an existing configuration file",
    body: configuration.importInputSchema,
    status: 201,
    answer: configuration.importResultSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/secrets",
    tag: "configuration",
    summary: "Seal a secret; it never comes out again",
    body: configuration.sealSecretInputSchema,
    status: 201,
    answer: configuration.sealedSecretSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/revisions",
    tag: "revisions",
    summary: "Revisions, newest first",
    status: 200,
    answer: z.array(configuration.revisionSummarySchema),
  },
  {
    method: "GET",
    path: "/api/{tenant}/revisions/{number}",
    tag: "revisions",
    summary: "A revision with its document and text",
    status: 200,
    answer: configuration.revisionDtoSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/revisions/{number}/restore",
    tag: "revisions",
    summary: "Open a change that says what this revision said",
    status: 201,
    answer: changeDtoSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/revisions/{number}/publish",
    tag: "publishing",
    summary: "Bring what is live to its targets once more",
    body: publishAgainSchema,
    status: 202,
    answer: publicationDtoSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/publications",
    tag: "publishing",
    summary: "Publications, newest first",
    status: 200,
    answer: z.array(publicationDtoSchema),
  },
  {
    method: "GET",
    path: "/api/{tenant}/publications/{id}",
    tag: "publishing",
    summary: "A publication with its steps",
    status: 200,
    answer: publicationDtoSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/publications/{id}/acknowledge",
    tag: "publishing",
    summary: "Say that a failure was seen; it is no longer told on every page",
    status: 200,
    answer: publicationDtoSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/publications/{id}/bring-back",
    tag: "publishing",
    summary: "A new change from the file that a publication replaced",
    status: 201,
    answer: configuration.importResultSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/targets",
    tag: "targets",
    summary: "Where this tenant publishes, with drift",
    status: 200,
    answer: z.array(targetDtoSchema),
  },
  {
    method: "GET",
    path: "/api/{tenant}/targets/{id}/live",
    tag: "targets",
    summary: "What lies at a target now, secrets masked",
    status: 200,
    answer: liveDtoSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/targets/{id}/difference",
    tag: "targets",
    summary: "What was published at a target, or a change would publish, beside what lies there; secrets masked",
    query: targetDifferenceQuerySchema,
    status: 200,
    answer: targetDifferenceSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/targets/{id}/acknowledge",
    tag: "targets",
    summary: "Say that the difference was seen; it is no longer told on every page until the file changes again",
    status: 204,
  },
  {
    method: "POST",
    path: "/api/{tenant}/targets/{id}/import",
    tag: "targets",
    summary: "A new change from what lies at a target; its secrets are sealed, never shown",
    body: placeInputSchema,
    status: 201,
    answer: configuration.importResultSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/default-templates",
    tag: "targets",
    summary: "The default templates that previews for a profile are rendered with; no files: the built-in ones",
    query: targetTemplatesQuerySchema,
    status: 200,
    answer: targetTemplatesSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/audit",
    tag: "audit",
    summary: "The tenant's log, newest first",
    query: auditQuerySchema,
    status: 200,
    answer: auditPageSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/members",
    tag: "people",
    summary: "Members of a tenant",
    status: 200,
    answer: z.array(tenancy.memberDtoSchema),
  },
  {
    method: "POST",
    path: "/api/{tenant}/members",
    tag: "people",
    summary: "Invite somebody; the link is shown once",
    body: tenancy.inviteMemberInputSchema,
    status: 201,
    answer: tenancy.invitationSchema,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/members/{id}",
    tag: "people",
    summary: "Give a member another role",
    body: tenancy.changeRoleInputSchema,
    status: 200,
    answer: tenancy.memberDtoSchema,
  },
  {
    method: "DELETE",
    path: "/api/{tenant}/members/{id}",
    tag: "people",
    summary: "Take a member out of the tenant",
    status: 204,
  },
  {
    method: "GET",
    path: "/api/me",
    tag: "people",
    summary: "Who asks, and their tenants",
    status: 200,
    answer: tenancy.meSchema,
  },
  {
    method: "GET",
    path: "/api/me/sessions",
    tag: "people",
    summary: "Where you are signed in",
    status: 200,
    answer: z.array(tenancy.sessionDtoSchema),
  },
  { method: "DELETE", path: "/api/me/sessions/{id}", tag: "people", summary: "Sign a device out", status: 204 },
  {
    method: "PUT",
    path: "/api/me/password",
    tag: "people",
    summary: "Set your password",
    body: tenancy.setPasswordInputSchema,
    status: 204,
  },
  {
    method: "PUT",
    path: "/api/me/language",
    tag: "people",
    summary: "Say in which language mails are written to you",
    body: tenancy.setLanguageInputSchema,
    status: 204,
  },
  ...HISTORY_OPERATIONS,
  ...SECOND_FACTOR_OPERATIONS,
  ...SIGN_IN_OPERATIONS,
  ...PEOPLE_OPERATIONS,
  ...SCIM_OPERATIONS,
  ...TOKEN_OPERATIONS,
  ...PLATFORM_OPERATIONS,
  ...TIER_OPERATIONS,
];
