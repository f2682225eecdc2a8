import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RevisionList } from "@/components/changes/revision-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("revisions");
  return { title: t("title") };
}

export default function Page() {
  return <RevisionList />;
}
