import { importConfiguration } from "@/lib/configuration";
import { AppError } from "@/lib/errors";
import { readForImport } from "@/lib/targets";
import { tenantRoute } from "../../../tenant-route";

/** What lies at the target becomes a change; its secrets are sealed without having been shown to anybody. */
export const POST = tenantRoute(
  "/targets/{id}/import",
  async ({ ctx, params }) => {
    const found = await readForImport(ctx, params.id ?? "");
    if (found.yaml === null) throw new AppError("not_found", "No configuration lies at this target yet.");
    return importConfiguration(ctx, { yaml: found.yaml, title: `Import from ${found.target}` });
  },
  { status: 201 },
);
