import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TenantDemand } from "@/components/account/tenant-demand";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.sections");
  return { title: t("second-factor") };
}

export default function TenantSecondFactorPage() {
  return <TenantDemand />;
}
