import { importExpectations } from "@/lib/configuration";
import { importExpectationsSchema } from "@/lib/configuration/contract";
import { tenantRoute } from "../../tenant-route";

export const POST = tenantRoute("/expectations/import", ({ ctx, body }) =>
  importExpectations(ctx, importExpectationsSchema.parse(body)),
);
