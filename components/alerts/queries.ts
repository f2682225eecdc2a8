import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { alertsPageSchema, historyStateSchema } from "@/lib/history/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

type TenantPlace = Pick<CurrentTenant, "slug" | "endpoint">;

export type AlertFilter = { state: "firing" | "ended" | "all"; matchers: string; hours: number };

const PAGE = 100;
const REFRESH_MS = 15_000;

/** Newest first. `matchers` is what a route would hold; an empty text asks for all. */
export function alertsQuery(tenant: TenantPlace, { state, matchers, hours }: AlertFilter) {
  return infiniteQueryOptions({
    queryKey: ["tenant", tenant.slug, "alerts", state, matchers, hours],
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ state, limit: String(PAGE) });
      if (matchers !== "") search.append("matcher", matchers);
      if (state !== "firing") search.set("from", new Date(Date.now() - hours * 3_600_000).toISOString());
      if (pageParam !== null) search.set("cursor", pageParam);
      return api(tenant.endpoint(`alerts?${search}`), { schema: alertsPageSchema, signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: REFRESH_MS,
    placeholderData: (before) => before,
  });
}

export function historyQuery(tenant: TenantPlace) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "history"],
    queryFn: ({ signal }) => api(tenant.endpoint("history"), { schema: historyStateSchema, signal }),
  });
}
