import { queryOptions } from "@tanstack/react-query";
import type { ConfigDocument } from "@/lib/alertmanager";
import { api } from "../http";
import type { CurrentTenant } from "../http/tenant-context";

export type TenantPlace = Pick<CurrentTenant, "slug" | "endpoint">;

// What judges the answers comes beside the first of them: it is as large as the editor.
const configuration = () => import("@/lib/configuration/contract");
const changeSchema = async () => (await configuration()).changeDtoSchema;
const changesSchema = async () => (await configuration()).changeSummarySchema.array();
const liveSchema = async () => (await configuration()).liveDocumentSchema;
const templatesSchema = async () => (await import("@/lib/targets/contract")).targetTemplatesSchema;
const targetsSchema = async () => (await import("@/lib/targets/contract")).targetDtoSchema.array();

const expectationsSchema = async () => (await configuration()).savedExpectationSchema.array();

/** What shall stay true of alerts, whoever edits. */
export function expectationsQuery(tenant: TenantPlace) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "expectations"],
    queryFn: ({ signal }) => api(tenant.endpoint("expectations"), { schema: expectationsSchema, signal }),
  });
}

export function changesQuery(tenant: TenantPlace) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "changes"],
    queryFn: ({ signal }) => api(tenant.endpoint("changes"), { schema: changesSchema, signal }),
  });
}

export function changeQuery(tenant: TenantPlace, id: string) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "changes", id],
    queryFn: ({ signal }) => api(tenant.endpoint(`changes/${id}`), { schema: changeSchema, signal }),
    // The store compares documents itself; here it would be done once more for each write, over all of it.
    structuralSharing: false,
  });
}

export function liveQuery(tenant: TenantPlace) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "live"],
    queryFn: ({ signal }) => api(tenant.endpoint("live"), { schema: liveSchema, signal }),
  });
}

export function targetsQuery(tenant: TenantPlace) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "targets"],
    queryFn: ({ signal }) => api(tenant.endpoint("targets"), { schema: targetsSchema, signal }),
  });
}

/** The files that a version of Alertmanager brings along, as an operator gave them; none: ours take their place. */
export function templatesQuery(tenant: TenantPlace, profile: string) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "default-templates", profile],
    queryFn: async ({ signal }) => {
      const path = `default-templates?profile=${encodeURIComponent(profile)}`;
      return (await api(tenant.endpoint(path), { schema: templatesSchema, signal })).files;
    },
    staleTime: 300_000,
  });
}

export function openChange(tenant: TenantPlace) {
  return api(tenant.endpoint("changes"), { method: "POST", body: {}, schema: changeSchema });
}

export function writeDocument(tenant: TenantPlace, id: string, version: number, document: ConfigDocument) {
  return api(tenant.endpoint(`changes/${id}/document`), {
    method: "PUT",
    ifMatch: version,
    body: document,
    schema: changeSchema,
  });
}
