import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TargetDetail } from "@/components/targets/target-detail";
import { PageBody } from "@/components/ui/page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("targets");
  return { title: t("title") };
}

export default async function TargetPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { id } = await params;
  return (
    <PageBody>
      <TargetDetail id={id} />
    </PageBody>
  );
}
