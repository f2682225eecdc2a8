import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TesterPage } from "@/components/tester/tester-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("tester");
  return { title: t("title") };
}

export default function Page() {
  return <TesterPage />;
}
