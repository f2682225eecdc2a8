import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LiveBehaviour } from "@/components/behaviour/live-behaviour";
import { EditorPage } from "@/components/editor/editor-page";
import { PreviewTab } from "@/components/preview/preview-tab";
import { ReceiverEditor } from "@/components/receivers/receiver-editor";
import { SendTest } from "@/components/test-sends/send-test";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("receivers");
  return { title: t("receiver") };
}

export default async function Page({ params }: { params: Promise<{ receiver: string }> }) {
  const id = decodeURIComponent((await params).receiver);
  const t = await getTranslations("preview");
  return (
    <EditorPage
      foot={<LiveBehaviour />}
      tabs={[
        { value: "looks", label: t("looksLike"), content: <PreviewTab receiverId={id} show="looks" /> },
        { value: "request", label: t("request"), content: <PreviewTab receiverId={id} show="request" /> },
      ]}
    >
      <ReceiverEditor id={id} actions={<SendTest receiverId={id} />} />
    </EditorPage>
  );
}
