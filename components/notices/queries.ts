import { queryOptions } from "@tanstack/react-query";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

type Tenant = Pick<CurrentTenant, "slug" | "endpoint">;
const EVERY = 20_000;
const contract = () => import("@/lib/notices/contract");
const listSchema = async () => (await contract()).noticeListSchema;
const preferenceSchema = async () => (await contract()).noticePreferenceDtoSchema;

export function noticesQuery(tenant: Tenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "notices"],
    queryFn: ({ signal }) => api(tenant.endpoint("notices"), { schema: listSchema, signal }),
    refetchInterval: EVERY,
  });
}

export function markRead(tenant: Tenant, ids?: readonly string[]) {
  return api(tenant.endpoint("notices/read"), {
    method: "POST",
    body: ids ? { ids } : { all: true },
    schema: listSchema,
  });
}

export function preferenceQuery(tenant: Tenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "notice-preference"],
    queryFn: ({ signal }) => api(tenant.endpoint("notices/preference"), { schema: preferenceSchema, signal }),
  });
}

export function setPreference(tenant: Tenant, mail: boolean) {
  return api(tenant.endpoint("notices/preference"), { method: "PUT", body: { mail }, schema: preferenceSchema });
}
