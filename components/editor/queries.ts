import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import type { ConfigDocument } from "@/lib/alertmanager";
import { changeDtoSchema, changeSummarySchema, liveDocumentSchema } from "@/lib/configuration/contract";
import { targetDtoSchema } from "@/lib/targets/contract";
import { api } from "../http";
import type { CurrentTenant } from "../http/tenant-context";

export type TenantPlace = Pick<CurrentTenant, "slug" | "endpoint">;

export function changesQuery(tenant: TenantPlace) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "changes"],
    queryFn: ({ signal }) => api(tenant.endpoint("changes"), { schema: z.array(changeSummarySchema), signal }),
  });
}

export function changeQuery(tenant: TenantPlace, id: string) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "changes", id],
    queryFn: ({ signal }) => api(tenant.endpoint(`changes/${id}`), { schema: changeDtoSchema, signal }),
    // The store compares documents itself; here it would be done once more for each write, over all of it.
    structuralSharing: false,
  });
}

export function liveQuery(tenant: TenantPlace) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "live"],
    queryFn: ({ signal }) => api(tenant.endpoint("live"), { schema: liveDocumentSchema, signal }),
  });
}

export function targetsQuery(tenant: TenantPlace) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "targets"],
    queryFn: ({ signal }) => api(tenant.endpoint("targets"), { schema: z.array(targetDtoSchema), signal }),
  });
}

export function openChange(tenant: TenantPlace) {
  return api(tenant.endpoint("changes"), { method: "POST", body: {}, schema: changeDtoSchema });
}

export function writeDocument(tenant: TenantPlace, id: string, version: number, document: ConfigDocument) {
  return api(tenant.endpoint(`changes/${id}/document`), {
    method: "PUT",
    ifMatch: version,
    body: document,
    schema: changeDtoSchema,
  });
}
