import { queryOptions } from "@tanstack/react-query";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

const usageSchema = async () => (await import("@/lib/operations/contract")).usageSchema;

export const planQuery = (tenant: CurrentTenant) =>
  queryOptions({
    queryKey: ["tenant", tenant.slug, "plan"],
    queryFn: ({ signal }) => api(tenant.endpoint("plan"), { schema: usageSchema, signal }),
    staleTime: 5_000,
    refetchInterval: 30_000,
  });
