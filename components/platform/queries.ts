import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { healthSchema, usageSchema } from "@/lib/operations/contract";
import { keyringSchema } from "@/lib/secrets/contract";
import { allDefaultTemplatesSchema, operatorTargetDtoSchema } from "@/lib/targets/contract";
import { isolationDtoSchema } from "@/lib/tenancy/isolation/contract";
import { type FindTenants, tenantFactsSchema, tenantPageSchema, tierDtoSchema } from "@/lib/tenancy/tiers/contract";
import { signingKeysSchema } from "@/lib/transparency/contract";
import { api } from "../http/api";

export const TENANTS_KEY = ["platform", "tenants"] as const;

export const tenantsQuery = (search: FindTenants) =>
  queryOptions({
    queryKey: [...TENANTS_KEY, search],
    queryFn: ({ signal }) => api(`/api/platform/tenants?${searchText(search)}`, { schema: tenantPageSchema, signal }),
    placeholderData: keepPreviousData,
  });

/** Only what was chosen; the server knows what is meant otherwise. */
export function searchText(search: FindTenants): string {
  const chosen = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
  return new URLSearchParams(chosen.map(([key, value]) => [key, String(value)])).toString();
}

export const tenantQuery = (id: string) =>
  queryOptions({
    queryKey: ["platform", "tenant", id],
    queryFn: ({ signal }) => api(`/api/platform/tenants/${id}`, { schema: tenantFactsSchema, signal }),
  });

export const tenantUsageQuery = (id: string) =>
  queryOptions({
    queryKey: ["platform", "tenant", id, "usage"],
    queryFn: ({ signal }) => api(`/api/platform/tenants/${id}/usage`, { schema: usageSchema, signal }),
  });

/** Asked each second while a move is under way. */
export const tenantIsolationQuery = (id: string) =>
  queryOptions({
    queryKey: ["platform", "tenant", id, "isolation"],
    queryFn: ({ signal }) => api(`/api/platform/tenants/${id}/isolation`, { schema: isolationDtoSchema, signal }),
    refetchInterval: ({ state: { data } }) =>
      ["requested", "copying"].includes(data?.moves[0]?.state ?? "") ? 1_000 : 30_000,
  });

export const tiersQuery = queryOptions({
  queryKey: ["platform", "tiers"],
  queryFn: ({ signal }) => api("/api/platform/tiers", { schema: tierDtoSchema.array(), signal }),
});

export const healthQuery = queryOptions({
  queryKey: ["platform", "health"],
  queryFn: ({ signal }) => api("/api/platform/health", { schema: healthSchema, signal }),
  refetchInterval: 10_000,
});

/** Asked each second while data keys are rewrapped. */
export const keyringQuery = queryOptions({
  queryKey: ["platform", "keys"],
  queryFn: ({ signal }) => api("/api/platform/keys", { schema: keyringSchema, signal }),
  refetchInterval: ({ state: { data } }) => (data && data.dataKeys.rewrapped < data.dataKeys.total ? 1_000 : 30_000),
});

export const signingKeysQuery = queryOptions({
  queryKey: ["platform", "audit", "keys"],
  queryFn: ({ signal }) => api("/api/platform/audit/keys", { schema: signingKeysSchema, signal }),
});

export const operatorTargetsQuery = queryOptions({
  queryKey: ["platform", "targets"],
  queryFn: ({ signal }) => api("/api/platform/targets", { schema: z.array(operatorTargetDtoSchema), signal }),
});

export const defaultTemplatesQuery = queryOptions({
  queryKey: ["platform", "default-templates"],
  queryFn: ({ signal }) => api("/api/platform/default-templates", { schema: allDefaultTemplatesSchema, signal }),
});
