import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LiveBehaviour } from "@/components/behaviour/live-behaviour";
import { EditorPage } from "@/components/editor/editor-page";
import { BrokenInDraft } from "@/components/expectations/broken-in-draft";
import { RouteTree } from "@/components/routes/route-tree";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("routes");
  return { title: t("title") };
}

export default function Page() {
  return (
    <EditorPage foot={<LiveBehaviour />}>
      <BrokenInDraft />
      <RouteTree />
    </EditorPage>
  );
}
