import { getTranslations } from "next-intl/server";
import { Overview } from "@/components/tenant/overview";
import { PageBody, PageHeader } from "@/components/ui/page";

export default async function OverviewPage() {
  const t = await getTranslations("tenant.overview");
  return (
    <PageBody>
      <PageHeader title={t("title")} />
      <Overview />
    </PageBody>
  );
}
