import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ReviewPage } from "@/components/changes/review-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("changes");
  return { title: t("review") };
}

export default async function Page({ params }: { params: Promise<{ change: string }> }) {
  const { change } = await params;
  return <ReviewPage id={change} />;
}
