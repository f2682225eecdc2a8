import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Tokens } from "@/components/tokens/tokens";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.sections");
  return { title: t("tokens") };
}

export default function TokensPage() {
  return <Tokens />;
}
