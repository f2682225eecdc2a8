import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ReviewSettings } from "@/components/review/review-settings";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.sections");
  return { title: t("review") };
}

export default function ReviewSettingsPage() {
  return <ReviewSettings />;
}
