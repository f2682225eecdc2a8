import { getMailLanguage, setMailLanguage } from "@/lib/tenancy";
import { tenantLanguageSchema } from "@/lib/tenancy/contract";
import { tenantRoute } from "../tenant-route";

export const GET = tenantRoute("/mail-language", ({ ctx }) => getMailLanguage(ctx, undefined));
export const PUT = tenantRoute("/mail-language", ({ ctx, body }) =>
  setMailLanguage(ctx, tenantLanguageSchema.parse(body)),
);
