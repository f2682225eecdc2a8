import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { sessionDtoSchema } from "@/lib/tenancy/contract";
import { secondFactorDtoSchema, tenantSecondFactorDtoSchema } from "@/lib/tenancy/second-factor/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

export function sessionsQuery() {
  return queryOptions({
    queryKey: ["me", "sessions"],
    queryFn: ({ signal }) => api("/api/me/sessions", { schema: z.array(sessionDtoSchema), signal }),
  });
}

export function secondFactorQuery() {
  return queryOptions({
    queryKey: ["me", "second-factor"],
    queryFn: ({ signal }) => api("/api/me/second-factor", { schema: secondFactorDtoSchema, signal }),
  });
}

export function tenantDemandQuery(tenant: Pick<CurrentTenant, "slug" | "endpoint">) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "second-factor"],
    queryFn: ({ signal }) => api(tenant.endpoint("second-factor"), { schema: tenantSecondFactorDtoSchema, signal }),
  });
}
