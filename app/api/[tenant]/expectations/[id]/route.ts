import { deleteExpectation, saveExpectation } from "@/lib/configuration";
import { expectationSchema } from "@/lib/configuration/contract";
import { tenantRoute } from "../../tenant-route";

export const PUT = tenantRoute("/expectations/{id}", ({ ctx, params, body, requiredVersion }) =>
  saveExpectation(ctx, {
    id: params.id ?? "",
    version: requiredVersion().expectedVersion,
    expectation: expectationSchema.parse(body),
  }),
);
export const DELETE = tenantRoute("/expectations/{id}", ({ ctx, params }) =>
  deleteExpectation(ctx, { id: params.id ?? "" }),
);
