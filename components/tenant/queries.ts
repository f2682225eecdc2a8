import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { tenantSummarySchema } from "@/lib/configuration/contract";
import { publicationDtoSchema } from "@/lib/publishing/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

type Tenant = Pick<CurrentTenant, "slug" | "endpoint">;
const EVERY = 30_000;

/** Counts for the navigation and the overview. */
export function summaryQuery(tenant: Tenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "summary"],
    queryFn: ({ signal }) => api(tenant.endpoint(), { schema: tenantSummarySchema, signal }),
    refetchInterval: EVERY,
  });
}

/** Newest first. */
export function publicationsQuery(tenant: Tenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "publications"],
    queryFn: ({ signal }) => api(tenant.endpoint("publications"), { schema: z.array(publicationDtoSchema), signal }),
    refetchInterval: EVERY,
  });
}
