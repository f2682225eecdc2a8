import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EditorPage } from "@/components/editor/editor-page";
import { LooksTab } from "@/components/templates/looks-tab";
import { OutputTab } from "@/components/templates/output-tab";
import { TemplateFiles } from "@/components/templates/template-files";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates");
  return { title: t("title") };
}

export default async function Page() {
  const t = await getTranslations("templates.live");
  return (
    <EditorPage
      part="templates"
      tabs={[
        { value: "looks", label: t("looks"), content: <LooksTab /> },
        { value: "output", label: t("output"), content: <OutputTab /> },
      ]}
    >
      <TemplateFiles />
    </EditorPage>
  );
}
