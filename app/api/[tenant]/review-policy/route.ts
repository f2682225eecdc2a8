import { getReviewPolicy, setReviewPolicy } from "@/lib/configuration";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/review-policy", ({ ctx }) => getReviewPolicy(ctx));

export const PUT = tenantRoute("/review-policy", ({ ctx, body, requiredVersion }) =>
  setReviewPolicy(ctx, body as Parameters<typeof setReviewPolicy>[1], requiredVersion()),
);
