import { queryOptions } from "@tanstack/react-query";
import type { ProviderInput, RoleMap, TenantSignInDto } from "@/lib/tenancy/sign-in/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

const contract = () => import("@/lib/tenancy/sign-in/contract");
type Tenant = Pick<CurrentTenant, "slug" | "endpoint">;

export const settingsSchema = async () => (await contract()).tenantSignInDtoSchema;
export const startedSchema = async () => (await contract()).testStartedSchema;
const testSchema = async () => (await contract()).signInTestDtoSchema;

export function signInQuery(tenant: Tenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "sign-in"],
    queryFn: ({ signal }) => api(tenant.endpoint("sign-in"), { schema: settingsSchema, signal }),
  });
}

export const operatorDomainsSchema = async () => (await contract()).operatorDomainDtoSchema.array();

export const operatorDomainsQuery = queryOptions({
  queryKey: ["platform", "sign-in-domains"],
  queryFn: ({ signal }) => api("/api/platform/sign-in-domains", { schema: operatorDomainsSchema, signal }),
});

const LOOK_EVERY_MS = 1_000;
const OVER_MS = 10 * 60_000;

/** Looks again until the provider has sent the browser back, or nobody would wait any more. */
export function signInTestQuery(tenant: Tenant, id: string) {
  const since = Date.now();
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "sign-in", "tests", id],
    queryFn: ({ signal }) => api(tenant.endpoint(`sign-in/tests/${id}`), { schema: testSchema, signal }),
    refetchInterval: ({ state }) =>
      state.data?.outcome || state.error || Date.now() - since > OVER_MS ? false : LOOK_EVERY_MS,
  });
}

export interface RolePair {
  key: string;
  value: string;
  role: string;
}

/** The form as it is filled in; pairs keep their order while they are edited. */
export interface ProviderDraft {
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: string;
  claim: string;
  map: readonly RolePair[];
  otherwise: string;
  enabled: boolean;
}

export function draftOf(provider: TenantSignInDto["provider"]): ProviderDraft {
  const { roleMap, ...rest } = provider ?? {
    name: "",
    issuer: "",
    clientId: "",
    scopes: "openid email profile",
    roleMap: { claim: "groups", map: {}, otherwise: null },
    enabled: false,
  };
  const { name, issuer, clientId, scopes, enabled } = rest;
  const map = Object.entries(roleMap.map).map(([value, role]) => ({ key: value, value, role }));
  return {
    name,
    issuer,
    clientId,
    clientSecret: "",
    scopes,
    claim: roleMap.claim,
    map,
    otherwise: roleMap.otherwise ?? "",
    enabled,
  };
}

/** What the API takes. An empty secret leaves the one that is kept, where there is one. */
export function inputOf(draft: ProviderDraft, hasSecret: boolean): ProviderInput {
  const { clientSecret, claim, map, otherwise, ...rest } = draft;
  const pairs = map.filter(({ value }) => value.trim() !== "").map(({ value, role }) => [value.trim(), role]);
  const roleMap = { claim, map: Object.fromEntries(pairs), otherwise: otherwise === "" ? null : otherwise } as RoleMap;
  if (clientSecret === "" && hasSecret) return { ...rest, roleMap };
  return { ...rest, roleMap, clientSecret: clientSecret === "" ? null : clientSecret };
}
