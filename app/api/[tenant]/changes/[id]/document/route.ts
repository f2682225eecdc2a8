import { saveDocument } from "@/lib/configuration";
import { documentSchema } from "@/lib/configuration/contract";
import { tenantRoute } from "../../../tenant-route";

export const PUT = tenantRoute("/changes/{id}/document", ({ ctx, params, body, requiredVersion }) =>
  saveDocument(ctx, { id: params.id ?? "", document: documentSchema.parse(body) }, requiredVersion()),
);
