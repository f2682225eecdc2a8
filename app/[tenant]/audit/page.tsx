import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TenantAudit } from "@/components/audit/audit-log";
import { PageBody, PageHeader } from "@/components/ui/page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

export default async function AuditPage() {
  const t = await getTranslations("audit");
  return (
    <PageBody>
      <PageHeader title={t("title")} facts={t("lead")} />
      <TenantAudit />
    </PageBody>
  );
}
