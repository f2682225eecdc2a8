import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EditorPage } from "@/components/editor/editor-page";
import { ReceiverEditor } from "@/components/receivers/receiver-editor";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("receivers");
  return { title: t("receiver") };
}

export default async function Page({ params }: { params: Promise<{ receiver: string }> }) {
  const { receiver } = await params;
  return (
    <EditorPage>
      <ReceiverEditor id={decodeURIComponent(receiver)} />
    </EditorPage>
  );
}
