import { queryOptions } from "@tanstack/react-query";
import type { SendTestInput } from "@/lib/test-sends/contract";
import type { TenantPlace } from "../editor/queries";
import { api } from "../http";

// What judges the answers comes with the first of them: the dialog is seldom opened.
const resultsSchema = async () => (await import("@/lib/test-sends/contract")).testResultDtoSchema.array();

export function testsQuery(tenant: TenantPlace, receiverId: string) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "test-sends", receiverId],
    queryFn: ({ signal }) =>
      api(tenant.endpoint(`test-sends?receiverId=${encodeURIComponent(receiverId)}`), {
        schema: resultsSchema,
        signal,
      }),
  });
}

export function sendTest(tenant: TenantPlace, input: SendTestInput) {
  return api(tenant.endpoint("test-sends"), { method: "POST", body: input, schema: resultsSchema });
}
