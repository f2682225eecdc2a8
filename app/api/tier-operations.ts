import { healthSchema, usageSchema } from "@/lib/operations/contract";
import * as tiers from "@/lib/tenancy/tiers/contract";
import { ISOLATION_OPERATIONS } from "./isolation-operations";
import type { Operation } from "./operations";

const act = (name: string, summary: string, body?: Operation["body"]): Operation => ({
  method: "POST",
  path: `/api/platform/tenants/{id}/${name}`,
  tag: "platform",
  summary,
  ...(body ? { body } : {}),
  status: 200,
  answer: tiers.tenantFactsSchema,
});

/** What tenants may have, how much of it they use, and what operators do about them. */
export const TIER_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/{tenant}/plan",
    tag: "people",
    summary: "What this tenant may have, and how much of it it uses",
    status: 200,
    answer: usageSchema,
  },
  {
    method: "GET",
    path: "/api/platform/tiers",
    tag: "platform",
    summary: "The tiers, from the smallest to the largest",
    status: 200,
    answer: tiers.tierDtoSchema.array(),
  },
  {
    method: "PUT",
    path: "/api/platform/tiers/{name}",
    tag: "platform",
    summary: "Change what a tier includes; it takes hold within seconds",
    body: tiers.editTierSchema,
    status: 200,
    answer: tiers.tierDtoSchema,
  },
  {
    method: "GET",
    path: "/api/platform/health",
    tag: "platform",
    summary: "How the installation is",
    status: 200,
    answer: healthSchema,
  },
  {
    method: "GET",
    path: "/api/platform/tenants/{id}",
    tag: "platform",
    summary: "One tenant, without its content",
    status: 200,
    answer: tiers.tenantFactsSchema,
  },
  {
    method: "PUT",
    path: "/api/platform/tenants/{id}",
    tag: "platform",
    summary: "Give a tenant another tier, or limits and features of its own",
    body: tiers.editTenantSchema,
    status: 200,
    answer: tiers.tenantFactsSchema,
  },
  {
    method: "GET",
    path: "/api/platform/tenants/{id}/usage",
    tag: "platform",
    summary: "How much of its limits a tenant uses",
    status: 200,
    answer: usageSchema,
  },
  {
    method: "GET",
    path: "/api/platform/tenants/{id}/export",
    tag: "platform",
    summary: "All of a tenant but its secrets, as a ZIP file",
    status: 200,
  },
  act("suspend", "All can be read, nothing changed, published or sent", tiers.suspendTenantSchema),
  act("resume", "End the suspension"),
  act("delete", "Delete a tenant; until the grace is over it can be restored", tiers.deleteTenantSchema),
  act("restore", "Bring a deleted tenant back, suspended"),
  ...ISOLATION_OPERATIONS,
];
