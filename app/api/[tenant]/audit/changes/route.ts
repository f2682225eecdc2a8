import { readEventChanges } from "@/lib/configuration";
import { eventChangesQuerySchema } from "@/lib/configuration/audit/contract";
import { bodyAs } from "../../../body-as";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/audit/changes", ({ ctx, search }) =>
  readEventChanges(ctx, bodyAs(eventChangesQuerySchema, Object.fromEntries(search))),
);
