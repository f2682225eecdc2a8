import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { mergePreviewSchema, type ReviewDto, reviewDtoSchema } from "@/lib/configuration/review/contract";
import { changeQuery, type TenantPlace } from "../../editor/queries";
import { api } from "../../http";
import { useTenant } from "../../http/tenant-context";

/** Asks again now and then: others review it at the same time. */
export function reviewQuery(tenant: TenantPlace, id: string) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "changes", id, "review"],
    queryFn: ({ signal }) => api(tenant.endpoint(`changes/${id}/review`), { schema: reviewDtoSchema, signal }),
    refetchInterval: 10_000,
  });
}

export function mergeQuery(tenant: TenantPlace, id: string) {
  return queryOptions({
    queryKey: ["tenant", tenant.slug, "changes", id, "merge"],
    queryFn: ({ signal }) => api(tenant.endpoint(`changes/${id}/merge`), { schema: mergePreviewSchema, signal }),
    staleTime: 0,
  });
}

type Act = { path: string; method?: "POST" | "PUT" | "DELETE"; body?: unknown };

/** Every act of a review answers with where it stands then. */
export function useReviewAct(id: string, onDone?: () => void) {
  const tenant = useTenant();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ path, method = "POST", body }: Act): Promise<ReviewDto> =>
      api(tenant.endpoint(`changes/${id}/${path}`), {
        method,
        schema: reviewDtoSchema,
        ...(method === "DELETE" ? {} : { body: body ?? {} }),
      }),
    onSuccess: async (review) => {
      client.setQueryData(reviewQuery(tenant, id).queryKey, review);
      onDone?.();
      await Promise.all([
        client.invalidateQueries({ queryKey: changeQuery(tenant, id).queryKey, exact: true }),
        client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "changes"], exact: true }),
        client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "notices"] }),
      ]);
    },
  });
}
