import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import {
  changeDtoSchema,
  importResultSchema,
  revisionDtoSchema,
  revisionSummarySchema,
} from "@/lib/configuration/contract";
import { isFinal, publicationDtoSchema } from "@/lib/publishing/contract";
import type { TenantPlace } from "../editor/queries";
import { api } from "../http";

export function revisionsQuery(tenant: TenantPlace) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "revisions"],
    queryFn: ({ signal }) => api(tenant.endpoint("revisions"), { schema: z.array(revisionSummarySchema), signal }),
  });
}

export function revisionQuery(tenant: TenantPlace, number: number) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "revisions", number],
    queryFn: ({ signal }) => api(tenant.endpoint(`revisions/${number}`), { schema: revisionDtoSchema, signal }),
  });
}

export function publicationsQuery(tenant: TenantPlace) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "publications"],
    queryFn: ({ signal }) => api(tenant.endpoint("publications"), { schema: z.array(publicationDtoSchema), signal }),
  });
}

/** Asks again until it has ended. */
export function publicationQuery(tenant: TenantPlace, id: string) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "publications", id],
    queryFn: ({ signal }) => api(tenant.endpoint(`publications/${id}`), { schema: publicationDtoSchema, signal }),
    refetchInterval: ({ state }) => (state.data && isFinal(state.data.status) ? false : 1_000),
  });
}

export type PublishInput = { comment: string; overwriteDrift?: boolean; overwriteAt?: string[]; bypass?: string };

export function publishChange(tenant: TenantPlace, id: string, version: number, input: PublishInput) {
  return api(tenant.endpoint(`changes/${id}/publish`), {
    method: "POST",
    ifMatch: version,
    body: input,
    schema: publicationDtoSchema,
  });
}

export function abandonChange(tenant: TenantPlace, id: string, version: number) {
  return api(tenant.endpoint(`changes/${id}/abandon`), { method: "POST", ifMatch: version, body: {} });
}

export function retitleChange(tenant: TenantPlace, id: string, version: number, title: string) {
  return api(tenant.endpoint(`changes/${id}/title`), {
    method: "PUT",
    ifMatch: version,
    body: { title },
    schema: changeDtoSchema,
  });
}

export function restoreRevision(tenant: TenantPlace, number: number) {
  return api(tenant.endpoint(`revisions/${number}/restore`), { method: "POST", body: {}, schema: changeDtoSchema });
}

/** The texts that cannot be read are given up; the document stays. */
export function dropUnread(tenant: TenantPlace, id: string, version: number) {
  return api(tenant.endpoint(`changes/${id}/unread`), { method: "DELETE", ifMatch: version, schema: changeDtoSchema });
}

/** The file that a publication replaced becomes a change. */
export function bringBack(tenant: TenantPlace, publicationId: string) {
  return api(tenant.endpoint(`publications/${publicationId}/bring-back`), {
    method: "POST",
    body: {},
    schema: importResultSchema,
  });
}
