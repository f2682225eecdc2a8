import { z } from "zod";
import * as signIn from "@/lib/tenancy/sign-in/contract";
import type { Operation } from "./operations";

const settings = signIn.tenantSignInDtoSchema;

/** How the people of a tenant sign in. */
export const SIGN_IN_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/{tenant}/sign-in",
    tag: "people",
    summary: "The tenant's own sign-in service, its e-mail domains, and whether it is enforced",
    status: 200,
    answer: settings,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/sign-in/provider",
    tag: "people",
    summary: "Set the tenant's OpenID Connect provider; the secret is sealed, and kept when it is left out",
    body: signIn.providerInputSchema,
    status: 200,
    answer: settings,
  },
  {
    method: "DELETE",
    path: "/api/{tenant}/sign-in/provider",
    tag: "people",
    summary: "Forget the provider and end the sessions it vouches for",
    status: 200,
    answer: settings,
  },
  {
    method: "POST",
    path: "/api/{tenant}/sign-in/domains",
    tag: "people",
    summary: "Claim an e-mail domain; it counts when it is proven",
    body: signIn.domainInputSchema,
    status: 201,
    answer: settings,
  },
  {
    method: "DELETE",
    path: "/api/{tenant}/sign-in/domains/{domain}",
    tag: "people",
    summary: "Give an e-mail domain up",
    status: 200,
    answer: settings,
  },
  {
    method: "POST",
    path: "/api/{tenant}/sign-in/domains/{domain}/verify",
    tag: "people",
    summary: "Look the proof of an e-mail domain up in DNS",
    status: 200,
    answer: settings,
  },
  {
    method: "PUT",
    path: "/api/{tenant}/sign-in/policy",
    tag: "people",
    summary: "Enforce single sign-on, and name the admins who may come in without it",
    body: signIn.policyInputSchema,
    status: 200,
    answer: settings,
  },
  {
    method: "POST",
    path: "/api/{tenant}/sign-in/tests",
    tag: "people",
    summary: "Begin a round trip with settings that need not be saved; a browser goes on at `url`",
    body: signIn.providerInputSchema,
    status: 201,
    answer: signIn.testStartedSchema,
  },
  {
    method: "GET",
    path: "/api/{tenant}/sign-in/tests/{id}",
    tag: "people",
    summary: "What a round trip brought: claims, and the role that would follow",
    status: 200,
    answer: signIn.signInTestDtoSchema,
  },
  {
    method: "GET",
    path: "/api/platform/sign-in-domains",
    tag: "platform",
    summary: "E-mail domains of all tenants, proven or not",
    status: 200,
    answer: z.array(signIn.operatorDomainDtoSchema),
  },
  {
    method: "POST",
    path: "/api/platform/sign-in-domains",
    tag: "platform",
    summary: "Confirm that an e-mail domain is a tenant's, without a record in DNS",
    body: signIn.confirmDomainInputSchema,
    status: 200,
    answer: z.array(signIn.operatorDomainDtoSchema),
  },
];
