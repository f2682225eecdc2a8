import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PeopleData } from "@/components/privacy/people-data";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("platform.sections");
  return { title: t("personal-data") };
}

export default function PersonalDataPage() {
  return <PeopleData />;
}
