import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OwnData } from "@/components/privacy/own-data";
import { meOrSignIn } from "../me-or-sign-in";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.sections");
  return { title: t("data") };
}

export default async function AccountDataPage() {
  const { email } = await meOrSignIn("/account/data");
  return <OwnData me={{ email }} />;
}
