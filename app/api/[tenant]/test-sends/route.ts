import { listTests, sendTest } from "@/lib/test-sends";
import { sendTestInputSchema, testHistoryQuerySchema } from "@/lib/test-sends/contract";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/test-sends", ({ ctx, search }) =>
  listTests(ctx, testHistoryQuerySchema.parse(Object.fromEntries(search))),
);

export const POST = tenantRoute("/test-sends", ({ ctx, body }) => sendTest(ctx, sendTestInputSchema.parse(body)), {
  status: 201,
});
