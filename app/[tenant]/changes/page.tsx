import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ChangeList } from "@/components/changes/change-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("changes");
  return { title: t("title") };
}

export default function Page() {
  return <ChangeList />;
}
