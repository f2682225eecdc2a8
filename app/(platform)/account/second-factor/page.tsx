import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SecondFactor } from "@/components/account/second-factor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.sections");
  return { title: t("second-factor") };
}

export default function AccountSecondFactorPage() {
  return <SecondFactor />;
}
