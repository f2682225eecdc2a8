import { changeHistorySettings, historyState } from "@/lib/history";
import { historySettingsSchema } from "@/lib/history/contract";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/history", ({ ctx }) => historyState(ctx, undefined));

export const PUT = tenantRoute("/history", ({ ctx, body }) =>
  changeHistorySettings(ctx, historySettingsSchema.parse(body)),
);
