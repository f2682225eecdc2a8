import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TargetList } from "@/components/targets/target-list";
import { PageBody, PageHeader } from "@/components/ui/page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("targets");
  return { title: t("title") };
}

export default async function TargetsPage() {
  const t = await getTranslations("targets");
  return (
    <PageBody>
      <PageHeader title={t("title")} facts={t("lead")} />
      <TargetList />
    </PageBody>
  );
}
