import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { accessDtoSchema } from "@/lib/tenancy/access/contract";
import { memberDtoSchema, tenantLanguageSchema } from "@/lib/tenancy/contract";
import { groupRolesDtoSchema } from "@/lib/tenancy/groups/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

export function membersQuery(tenant: Pick<CurrentTenant, "slug" | "endpoint">) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "members"],
    queryFn: ({ signal }) => api(tenant.endpoint("members"), { schema: z.array(memberDtoSchema), signal }),
  });
}

export function mailLanguageQuery(tenant: Pick<CurrentTenant, "slug" | "endpoint">) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "mail-language"],
    queryFn: ({ signal }) => api(tenant.endpoint("mail-language"), { schema: tenantLanguageSchema, signal }),
  });
}

export function accessQuery(tenant: Pick<CurrentTenant, "slug" | "endpoint">) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "access"],
    queryFn: ({ signal }) => api(tenant.endpoint("access"), { schema: accessDtoSchema, signal }),
  });
}

export function groupRolesQuery(tenant: Pick<CurrentTenant, "slug" | "endpoint">) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "group-roles"],
    queryFn: ({ signal }) => api(tenant.endpoint("group-roles"), { schema: groupRolesDtoSchema, signal }),
  });
}
