import { infiniteQueryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { type auditEntrySchema, auditPageSchema } from "@/lib/tenancy/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

const PAGE = 100;

export type AuditEntry = z.infer<typeof auditEntrySchema>;

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
