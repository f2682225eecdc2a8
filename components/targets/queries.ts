import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { liveDtoSchema, targetDtoSchema } from "@/lib/targets/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

type Tenant = Pick<CurrentTenant, "slug" | "endpoint">;

/** All targets with their drift; looked at again while the page is open. */
export function targetsQuery(tenant: Tenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "targets"],
    queryFn: ({ signal }) => api(tenant.endpoint("targets"), { schema: z.array(targetDtoSchema), signal }),
    refetchInterval: 30_000,
  });
}

export function liveQuery(tenant: Tenant, targetId: string) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "targets", targetId, "live"],
    queryFn: ({ signal }) => api(tenant.endpoint(`targets/${targetId}/live`), { schema: liveDtoSchema, signal }),
  });
}
