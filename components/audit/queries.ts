import { infiniteQueryOptions } from "@tanstack/react-query";
import { auditPageSchema } from "@/lib/tenancy/audit/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

const PAGE = 100;

/** Newest first; the next page is what lies before the oldest entry seen. */
export function auditQuery(tenant: Pick<CurrentTenant, "slug" | "endpoint">) {
  return infiniteQueryOptions({
    queryKey: ["tenant", tenant.slug, "audit"],
    queryFn: ({ pageParam, signal }) =>
      api(tenant.endpoint(`audit?limit=${PAGE}${pageParam === null ? "" : `&before=${pageParam}`}`), {
        schema: auditPageSchema,
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next ?? undefined,
  });
}
