import { queryOptions } from "@tanstack/react-query";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

type Tenant = Pick<CurrentTenant, "slug" | "endpoint">;
const EVERY = 30_000;
const summarySchema = async () => (await import("@/lib/configuration/contract")).tenantSummarySchema;
const publicationsSchema = async () => (await import("@/lib/publishing/contract")).publicationDtoSchema.array();

/** Counts for the navigation and the overview. */
export function summaryQuery(tenant: Tenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "summary"],
    queryFn: ({ signal }) => api(tenant.endpoint(), { schema: summarySchema, signal }),
    refetchInterval: EVERY,
  });
}

/** Newest first. */
export function publicationsQuery(tenant: Tenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "publications"],
    queryFn: ({ signal }) => api(tenant.endpoint("publications"), { schema: publicationsSchema, signal }),
    refetchInterval: EVERY,
  });
}
