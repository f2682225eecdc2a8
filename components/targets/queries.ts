import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { importResultSchema } from "@/lib/configuration/contract";
import { publicationDtoSchema, targetDifferenceSchema } from "@/lib/publishing/contract";
import { targetDtoSchema } from "@/lib/targets/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

type Tenant = Pick<CurrentTenant, "slug" | "endpoint">;

/** All targets with their drift; looked at again while a page is open. */
export function targetsQuery(tenant: Tenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "targets"],
    queryFn: ({ signal }) => api(tenant.endpoint("targets"), { schema: z.array(targetDtoSchema), signal }),
    refetchInterval: 30_000,
  });
}

/** One place of a target: `replica` by the name that its drift gives it, else the first that differs. */
export type PlaceAt = { targetId: string; replica?: string };

export function differenceQuery(tenant: Tenant, { targetId, replica }: PlaceAt, changeId?: string) {
  const search = new URLSearchParams({ ...(replica ? { replica } : {}), ...(changeId ? { change: changeId } : {}) });
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "targets", targetId, "difference", search.toString()],
    queryFn: ({ signal }) =>
      api(tenant.endpoint(`targets/${targetId}/difference?${search}`), { schema: targetDifferenceSchema, signal }),
    refetchInterval: 30_000,
  });
}

/** What lies there becomes a change. */
export function importFromTarget(tenant: Tenant, { targetId, replica }: PlaceAt) {
  return api(tenant.endpoint(`targets/${targetId}/import`), {
    method: "POST",
    body: replica ? { replica } : {},
    schema: importResultSchema,
  });
}

export function acknowledgeDrift(tenant: Tenant, targetId: string) {
  return api(tenant.endpoint(`targets/${targetId}/acknowledge`), { method: "POST", body: {} });
}

/** What is live goes to all targets once more; only at the named target it may write over something else. */
export function publishAgain(
  tenant: Tenant,
  revision: number,
  { overwriteAt, bypass }: { overwriteAt?: string; bypass?: string },
) {
  return api(tenant.endpoint(`revisions/${revision}/publish`), {
    method: "POST",
    body: {
      ...(overwriteAt ? { overwriteDrift: true, overwriteAt: [overwriteAt] } : {}),
      ...(bypass ? { bypass } : {}),
    },
    schema: publicationDtoSchema,
  });
}
