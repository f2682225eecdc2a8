import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EditorFrame, WhenLoaded } from "@/components/editor/editor-frame";
import { ReceiverList } from "@/components/receivers/receiver-list";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("receivers");
  return { title: t("title") };
}

export default function Page() {
  return (
    <EditorFrame>
      <WhenLoaded>
        <ReceiverList />
      </WhenLoaded>
    </EditorFrame>
  );
}
