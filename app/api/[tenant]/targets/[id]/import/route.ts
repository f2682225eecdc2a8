import { importConfiguration } from "@/lib/configuration";
import { AppError } from "@/lib/errors";
import { readForImport } from "@/lib/targets";
import { placeInputSchema } from "@/lib/targets/contract";
import { tenantRoute } from "../../../tenant-route";

/** What lies at the target becomes a change; its secrets are sealed without having been shown to anybody. */
export const POST = tenantRoute(
  "/targets/{id}/import",
  async ({ ctx, params, body }) => {
    const { replica } = placeInputSchema.parse(body);
    const { target, yaml, templateFolders } = await readForImport(ctx, params.id ?? "", replica);
    if (yaml === null) throw new AppError("not_found", "No configuration lies at this target yet.");
    const given = { yaml, title: `Import from ${replica ?? target}`.slice(0, 160) };
    return importConfiguration(ctx, given, { templateFolders });
  },
  { status: 201 },
);
