import { z } from "zod";
import {
  allDefaultTemplatesSchema,
  createTargetSchema,
  defaultTemplatesDtoSchema,
  injectMatchersSchema,
  operatorTargetDtoSchema,
  uploadDefaultTemplatesSchema,
} from "@/lib/targets/contract";
import * as tenancy from "@/lib/tenancy/contract";
import { findTenantsSchema, tenantPageSchema } from "@/lib/tenancy/tiers/contract";
import { KEY_OPERATIONS } from "./key-operations";
import type { Operation } from "./operations";
import { PRIVACY_OPERATIONS } from "./privacy-operations";

/** What operators of the installation may do. */
export const PLATFORM_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/platform/tenants",
    tag: "platform",
    summary: "The tenants of this installation, page by page; ids with commas between",
    query: findTenantsSchema.extend({ ids: z.string().optional() }),
    status: 200,
    answer: tenantPageSchema,
  },
  {
    method: "POST",
    path: "/api/platform/tenants",
    tag: "platform",
    summary: "Create a tenant",
    body: tenancy.createTenantInputSchema,
    status: 201,
    answer: tenancy.tenantDtoSchema,
  },
  {
    method: "GET",
    path: "/api/platform/targets",
    tag: "platform",
    summary: "All targets of this installation",
    status: 200,
    answer: z.array(operatorTargetDtoSchema),
  },
  {
    method: "POST",
    path: "/api/platform/targets",
    tag: "platform",
    summary: "Create a target for a tenant",
    body: createTargetSchema,
    status: 201,
    answer: operatorTargetDtoSchema,
  },
  {
    method: "PUT",
    path: "/api/platform/targets/{id}/injected-matchers",
    tag: "platform",
    summary: "Say what the target's owner asks of every alert before it comes to the tenant's routes",
    body: injectMatchersSchema,
    status: 200,
    answer: operatorTargetDtoSchema,
  },
  {
    method: "DELETE",
    path: "/api/platform/targets/{id}",
    tag: "platform",
    summary: "Forget a target; its files stay",
    status: 204,
  },
  {
    method: "GET",
    path: "/api/platform/default-templates",
    tag: "platform",
    summary: "For each version, where its default templates come from",
    status: 200,
    answer: allDefaultTemplatesSchema,
  },
  {
    method: "PUT",
    path: "/api/platform/default-templates/{version}",
    tag: "platform",
    summary: "Keep the default templates of an installation of this version, for all tenants",
    body: uploadDefaultTemplatesSchema,
    status: 200,
    answer: defaultTemplatesDtoSchema,
  },
  {
    method: "DELETE",
    path: "/api/platform/default-templates/{version}",
    tag: "platform",
    summary: "Forget the default templates that were uploaded for this version",
    status: 204,
  },
  ...PRIVACY_OPERATIONS,
  ...KEY_OPERATIONS,
];
