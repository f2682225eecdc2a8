import { getWebhook, removeWebhook, setWebhook } from "@/lib/notices";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/notice-webhook", ({ ctx }) => getWebhook(ctx, {}));

export const PUT = tenantRoute("/notice-webhook", ({ ctx, body, requiredVersion }) =>
  setWebhook(ctx, body as Parameters<typeof setWebhook>[1], requiredVersion()),
);

export const DELETE = tenantRoute("/notice-webhook", ({ ctx }) => removeWebhook(ctx));
