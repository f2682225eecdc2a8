import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { allDefaultTemplatesSchema, operatorTargetDtoSchema } from "@/lib/targets/contract";
import { tenantDtoSchema } from "@/lib/tenancy/contract";
import { api } from "../http/api";

export const tenantsQuery = queryOptions({
  queryKey: ["platform", "tenants"],
  queryFn: ({ signal }) => api("/api/platform/tenants", { schema: z.array(tenantDtoSchema), signal }),
});

export const operatorTargetsQuery = queryOptions({
  queryKey: ["platform", "targets"],
  queryFn: ({ signal }) => api("/api/platform/targets", { schema: z.array(operatorTargetDtoSchema), signal }),
});

export const defaultTemplatesQuery = queryOptions({
  queryKey: ["platform", "default-templates"],
  queryFn: ({ signal }) => api("/api/platform/default-templates", { schema: allDefaultTemplatesSchema, signal }),
});
