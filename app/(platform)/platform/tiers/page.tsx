import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Tiers } from "@/components/platform/tiers";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("platform.sections");
  return { title: t("tiers") };
}

export default function TiersPage() {
  return <Tiers />;
}
