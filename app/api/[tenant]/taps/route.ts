import { createTap } from "@/lib/history";
import { createTapSchema } from "@/lib/history/contract";
import { tenantRoute } from "../tenant-route";

export const POST = tenantRoute("/taps", ({ ctx, body }) => createTap(ctx, createTapSchema.parse(body)), {
  status: 201,
});
