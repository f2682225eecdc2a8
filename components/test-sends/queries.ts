import { queryOptions } from "@tanstack/react-query";
import type { PostedAlertDto, SendTestInput } from "@/lib/test-sends/contract";
import type { TenantPlace } from "../editor/queries";
import { api } from "../http";

// What judges the answers comes with the first of them: the dialog is seldom opened.
const contract = () => import("@/lib/test-sends/contract");
const resultsSchema = async () => (await contract()).testResultDtoSchema.array();
const checksSchema = async () => (await contract()).secretCheckDtoSchema.array();

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

/** What providers said last of the secrets that are saved; `changeId` null: of those that are live. */
export function checksQuery(tenant: TenantPlace, changeId: string | null, receiverId: string) {
  const where = new URLSearchParams({ receiverId, ...(changeId ? { changeId } : {}) });
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "secret-checks", receiverId, changeId],
    queryFn: ({ signal }) =>
      api(tenant.endpoint(`test-sends/liveness?${where.toString()}`), { schema: checksSchema, signal }),
  });
}

export function sendTest(tenant: TenantPlace, input: SendTestInput) {
  return api(tenant.endpoint("test-sends"), { method: "POST", body: input, schema: resultsSchema });
}

export function checkSecrets(tenant: TenantPlace, changeId: string | null, receiverId: string) {
  const body = { changeId, receiverId };
  return api(tenant.endpoint("test-sends/liveness"), { method: "POST", body, schema: checksSchema });
}

type PostAlert = { targetId: string; receiverId: string; labels?: Record<string, string> };

export function postAlert(tenant: TenantPlace, body: PostAlert) {
  return api<PostedAlertDto>(tenant.endpoint("test-sends/alerts"), {
    method: "POST",
    body,
    schema: async () => (await contract()).postedAlertDtoSchema,
  });
}
