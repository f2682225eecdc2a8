import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { tenantSummarySchema } from "@/lib/configuration/contract";
import { type PublicationDto, publicationDtoSchema } from "@/lib/publishing/contract";
import { targetDtoSchema } from "@/lib/targets/contract";
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

/** Same key as the pages of the targets, so both share one answer. */
export function targetStatesQuery(tenant: Tenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "targets"],
    queryFn: ({ signal }) => api(tenant.endpoint("targets"), { schema: z.array(targetDtoSchema), signal }),
    refetchInterval: EVERY,
  });
}

export function lastPublication(publications: readonly PublicationDto[]): PublicationDto | undefined {
  return publications.toSorted((a, b) => b.requestedAt.localeCompare(a.requestedAt))[0];
}
