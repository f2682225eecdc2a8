import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DefaultTemplates } from "@/components/platform/default-templates";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("platform.sections");
  return { title: t("default-templates") };
}

export default function DefaultTemplatesPage() {
  return <DefaultTemplates />;
}
