import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EditorPage } from "@/components/editor/editor-page";
import { InhibitRules } from "@/components/inhibit-rules/inhibit-rules";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inhibit-rules");
  return { title: t("title") };
}

export default function Page() {
  return (
    <EditorPage part="inhibit_rules">
      <InhibitRules />
    </EditorPage>
  );
}
