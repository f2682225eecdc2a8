import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EditorPage } from "@/components/editor/editor-page";
import { TemplateFiles } from "@/components/templates/template-files";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("templates");
  return { title: t("title") };
}

export default function Page() {
  return (
    <EditorPage>
      <TemplateFiles />
    </EditorPage>
  );
}
