import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { memberDtoSchema } from "@/lib/tenancy/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

export function membersQuery(tenant: Pick<CurrentTenant, "slug" | "endpoint">) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "members"],
    queryFn: ({ signal }) => api(tenant.endpoint("members"), { schema: z.array(memberDtoSchema), signal }),
  });
}
