import type { Expectation } from "@/lib/alertmanager";
import type { SavedExpectation } from "@/lib/configuration/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

type TenantPlace = Pick<CurrentTenant, "slug" | "endpoint">;

const configuration = () => import("@/lib/configuration/contract");
const oneSchema = async () => (await configuration()).savedExpectationSchema;
const importedSchema = async () => (await configuration()).importedExpectationsSchema;

/** A new one, or in the place of one that was seen. */
export function writeExpectation(tenant: TenantPlace, expectation: Expectation, seen: SavedExpectation | null) {
  if (!seen) {
    return api(tenant.endpoint("expectations"), { method: "POST", body: expectation, schema: oneSchema });
  }
  return api(tenant.endpoint(`expectations/${seen.id}`), {
    method: "PUT",
    ifMatch: seen.version,
    body: expectation,
    schema: oneSchema,
  });
}

export function deleteExpectation(tenant: TenantPlace, id: string) {
  return api(tenant.endpoint(`expectations/${id}`), { method: "DELETE" });
}

export function importExpectations(tenant: TenantPlace, yaml: string) {
  return api(tenant.endpoint("expectations/import"), { method: "POST", body: { yaml }, schema: importedSchema });
}
