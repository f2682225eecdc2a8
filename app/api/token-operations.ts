import { z } from "zod";
import * as tokens from "@/lib/tenancy/tokens/contract";
import type { Operation } from "./operations";

/** What programs sign in with. */
export const TOKEN_OPERATIONS: readonly Operation[] = [
  {
    method: "POST",
    path: "/api/token",
    tag: "people",
    summary:
      "Exchange an API token, or a refresh token, for an access token of five minutes (RFC 8693, also as a form)",
    body: tokens.tokenRequestSchema,
    status: 200,
    answer: tokens.tokenAnswerSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/tokens",
    tag: "people",
    summary: "API tokens: an admin sees all of the tenant, everybody else their own. Not with a token",
    status: 200,
    answer: tokens.tokensSchema,
  },
  {
    method: "POST",
    path: "/api/{tenant}/tokens",
    tag: "people",
    summary: "Make an API token with scopes of your own; its text is in this answer only. Not with a token",
    body: tokens.createTokenInputSchema,
    status: 201,
    answer: tokens.createdTokenSchema,
  },
  {
    method: "DELETE",
    path: "/api/{tenant}/tokens/{id}",
    tag: "people",
    summary: "Revoke an API token, and all that it was exchanged for, from the next request on",
    status: 204,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/tokens/policy",
    tag: "people",
    summary: "How many days an API token of this tenant may live; older ones end",
    body: tokens.tokenPolicySchema,
    status: 200,
    answer: tokens.tokenPolicySchema,
  },
  {
    method: "GET",
    path: "/api/me/tokens",
    tag: "people",
    summary: "Your own API tokens in all tenants",
    status: 200,
    answer: z.array(tokens.ownTokenSchema),
  },
];
