import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EditorPage } from "@/components/editor/editor-page";
import { TimeIntervals } from "@/components/time-intervals/time-intervals";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("time-intervals");
  return { title: t("title") };
}

export default function Page() {
  return (
    <EditorPage part="time_intervals">
      <TimeIntervals />
    </EditorPage>
  );
}
