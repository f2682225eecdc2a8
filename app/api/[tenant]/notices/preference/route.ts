import { getNoticePreference, setNoticePreference } from "@/lib/notices";
import { tenantRoute } from "../../tenant-route";

export const GET = tenantRoute("/notices/preference", ({ ctx }) => getNoticePreference(ctx, {}));

export const PUT = tenantRoute("/notices/preference", ({ ctx, body }) =>
  setNoticePreference(ctx, body as Parameters<typeof setNoticePreference>[1]),
);
