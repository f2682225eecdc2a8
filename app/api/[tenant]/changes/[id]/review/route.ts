import { askForReview, getReview, withdrawFromReview } from "@/lib/configuration";
import { tenantRoute } from "../../../tenant-route";

export const GET = tenantRoute("/changes/{id}/review", ({ ctx, params }) => getReview(ctx, { id: params.id ?? "" }));

export const POST = tenantRoute("/changes/{id}/review", ({ ctx, params, body }) =>
  askForReview(ctx, { ...body, id: params.id ?? "" } as Parameters<typeof askForReview>[1]),
);

export const DELETE = tenantRoute("/changes/{id}/review", ({ ctx, params }) =>
  withdrawFromReview(ctx, { id: params.id ?? "" }),
);
