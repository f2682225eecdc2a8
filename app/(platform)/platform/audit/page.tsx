import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InstallationAudit } from "@/components/audit/audit-log";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("platform.sections");
  return { title: t("audit") };
}

export default function InstallationAuditPage() {
  return <InstallationAudit />;
}
