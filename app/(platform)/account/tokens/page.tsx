import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OwnTokens } from "@/components/tokens/own-tokens";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.sections");
  return { title: t("tokens") };
}

export default function AccountOwnTokensPage() {
  return <OwnTokens />;
}
