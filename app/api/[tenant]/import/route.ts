import { importConfiguration } from "@/lib/configuration";
import { importInputSchema } from "@/lib/configuration/contract";
import { tenantRoute } from "../tenant-route";

export const POST = tenantRoute("/import", ({ ctx, body }) => importConfiguration(ctx, importInputSchema.parse(body)), {
  status: 201,
});
