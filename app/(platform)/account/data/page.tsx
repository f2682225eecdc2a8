import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OwnData } from "@/components/privacy/own-data";
import { currentMe } from "@/lib/tenancy";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.sections");
  return { title: t("data") };
}

export default async function AccountDataPage() {
  const { email } = await currentMe();
  return <OwnData me={{ email }} />;
}
