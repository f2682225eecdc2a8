import { queryOptions } from "@tanstack/react-query";
import { usageSchema } from "@/lib/operations/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

export const planQuery = (tenant: CurrentTenant) =>
  queryOptions({
    queryKey: ["tenant", tenant.slug, "plan"],
    queryFn: ({ signal }) => api(tenant.endpoint("plan"), { schema: usageSchema, signal }),
    staleTime: 5_000,
    refetchInterval: 30_000,
  });
