import { queryOptions } from "@tanstack/react-query";
import { api } from "../http";
import type { TenantPlace } from "./queries";

const schema = async () => (await import("@/lib/targets/contract")).targetTemplatesSchema;

const TEN_MINUTES = 600_000;

/**
 * The default templates that an operator gave for a profile (`alertmanager@0.34`): `files` go as `defaults` into previews,
 * none stand for the built-in ones. Worth asking only where the page of a mail is shown.
 */
export function defaultTemplatesQuery(tenant: TenantPlace, profile: string) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "default-templates", profile],
    queryFn: ({ signal }) =>
      api(tenant.endpoint(`default-templates?profile=${encodeURIComponent(profile)}`), { schema, signal }),
    staleTime: TEN_MINUTES,
  });
}
