import { addExpectation, listExpectations } from "@/lib/configuration";
import { expectationSchema } from "@/lib/configuration/contract";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/expectations", ({ ctx }) => listExpectations(ctx, {}));
export const POST = tenantRoute(
  "/expectations",
  ({ ctx, body }) => addExpectation(ctx, expectationSchema.parse(body)),
  {
    status: 201,
  },
);
