import { queryOptions } from "@tanstack/react-query";
import { alertsPageSchema, firingsSchema, labelCountsSchema } from "@/lib/history/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

type TenantPlace = Pick<CurrentTenant, "slug" | "endpoint">;

const FRESH_MS = 60_000;
const MOST_NOW = 200;
const MOST_RECENT = 50;
const RECENT_MS = 7 * 86_400_000;

/** All that fired in the last days; for what is computed over it. */
export function firingsQuery(tenant: TenantPlace, days: number) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "firings", days],
    queryFn: ({ signal }) => api(tenant.endpoint(`alerts/firings?days=${days}`), { schema: firingsSchema, signal }),
    staleTime: FRESH_MS,
    structuralSharing: false,
  });
}

/** Names of labels that alerts had in the last days, or the values of one; most first. */
export function labelCountsQuery(tenant: TenantPlace, name?: string) {
  const search = name === undefined ? "" : `?${new URLSearchParams({ name })}`;
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "alert-labels", name ?? null],
    queryFn: ({ signal }) => api(tenant.endpoint(`alerts/labels${search}`), { schema: labelCountsSchema, signal }),
    staleTime: FRESH_MS,
  });
}

/** What fires now, newest first; the first of them, with how many there are. */
export function alertsNowQuery(tenant: TenantPlace) {
  const search = new URLSearchParams({ state: "firing", limit: String(MOST_NOW) });
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "alerts-now"],
    queryFn: ({ signal }) => api(tenant.endpoint(`alerts?${search}`), { schema: alertsPageSchema, signal }),
    staleTime: FRESH_MS / 4,
  });
}

/** What fired in the last days, ended or not, newest first; the first few of them. */
export function recentAlertsQuery(tenant: TenantPlace) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "alerts-recent"],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - RECENT_MS).toISOString();
      const search = new URLSearchParams({ state: "all", limit: String(MOST_RECENT), from });
      return api(tenant.endpoint(`alerts?${search}`), { schema: alertsPageSchema, signal });
    },
    staleTime: FRESH_MS,
  });
}
