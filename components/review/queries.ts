import { queryOptions } from "@tanstack/react-query";
import { type ReviewPolicy, reviewPolicyDtoSchema } from "@/lib/configuration/review/contract";
import { webhookDtoSchema } from "@/lib/notices/contract";
import { api } from "../http";
import type { CurrentTenant } from "../http/tenant-context";

type Tenant = Pick<CurrentTenant, "slug" | "endpoint">;

export function policyQuery(tenant: Tenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "review-policy"],
    queryFn: ({ signal }) => api(tenant.endpoint("review-policy"), { schema: reviewPolicyDtoSchema, signal }),
  });
}

export function savePolicy(tenant: Tenant, version: number, policy: ReviewPolicy) {
  return api(tenant.endpoint("review-policy"), {
    method: "PUT",
    ifMatch: version,
    body: policy,
    schema: reviewPolicyDtoSchema,
  });
}

export function webhookQuery(tenant: Tenant) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "notice-webhook"],
    queryFn: ({ signal }) => api(tenant.endpoint("notice-webhook"), { schema: webhookDtoSchema, signal }),
  });
}

export function saveWebhook(tenant: Tenant, version: number, body: { url: string; newSecret?: boolean }) {
  return api(tenant.endpoint("notice-webhook"), { method: "PUT", ifMatch: version, body, schema: webhookDtoSchema });
}

export function removeWebhook(tenant: Tenant) {
  return api(tenant.endpoint("notice-webhook"), { method: "DELETE" });
}
