import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HistorySettings } from "@/components/alerts/history-settings";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.sections");
  return { title: t("history") };
}

export default function HistoryPage() {
  return <HistorySettings />;
}
