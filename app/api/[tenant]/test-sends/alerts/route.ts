import { postAlert } from "@/lib/test-sends";
import { postAlertInputSchema } from "@/lib/test-sends/contract";
import { tenantRoute } from "../../tenant-route";

export const POST = tenantRoute(
  "/test-sends/alerts",
  ({ ctx, body }) => postAlert(ctx, postAlertInputSchema.parse(body)),
  { status: 201 },
);
