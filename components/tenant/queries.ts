import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { driftDtoSchema } from "@/lib/targets/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

type Tenant = Pick<CurrentTenant, "slug" | "endpoint">;

const summarySchema = z.object({
  counts: z.record(z.string(), z.number()).default({}),
});
export type Summary = z.infer<typeof summarySchema>;

/** Counts for the navigation and the overview; refreshed while the page is looked at. */
export function summaryQuery(tenant: Tenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "summary"],
    queryFn: ({ signal }) => api(tenant.endpoint(), { schema: summarySchema, signal }),
    refetchInterval: 30_000,
  });
}

export { driftDtoSchema };
