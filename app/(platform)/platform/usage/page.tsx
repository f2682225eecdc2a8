import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { UsageList } from "@/components/platform/usage-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("platform.sections");
  return { title: t("usage") };
}

export default function UsagePage() {
  return <UsageList />;
}
