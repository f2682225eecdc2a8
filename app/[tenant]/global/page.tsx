import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EditorPage } from "@/components/editor/editor-page";
import { GlobalSettings } from "@/components/editor/global-settings";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("editor");
  return { title: t("global.title") };
}

export default function Page() {
  return (
    <EditorPage part="global">
      <GlobalSettings />
    </EditorPage>
  );
}
