import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { ownTokenSchema, tokensSchema } from "@/lib/tenancy/tokens/contract";
import { api } from "../http/api";
import type { CurrentTenant } from "../http/tenant-context";

export function tokensQuery(tenant: Pick<CurrentTenant, "slug" | "endpoint">) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "tokens"],
    queryFn: ({ signal }) => api(tenant.endpoint("tokens"), { schema: tokensSchema, signal }),
  });
}

export function ownTokensQuery() {
  return queryOptions({
    queryKey: ["me", "tokens"],
    queryFn: ({ signal }) => api("/api/me/tokens", { schema: z.array(ownTokenSchema), signal }),
  });
}
