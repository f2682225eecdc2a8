import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EditorPage } from "@/components/editor/editor-page";
import { ReceiverList } from "@/components/receivers/receiver-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("receivers");
  return { title: t("title") };
}

export default function Page() {
  return (
    <EditorPage pane={false}>
      <ReceiverList />
    </EditorPage>
  );
}
