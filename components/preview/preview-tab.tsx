"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useCallback } from "react";
import { useLiveTab } from "../editor/live-tab";
import { SkeletonRows } from "../ui/skeleton";

// The renderings and the samples come with the pane and not with the page.
const View = lazy(async () => ({ default: (await import("./receiver-preview-view")).ReceiverPreviewView }));

/** A tab of a receiver's live pane. */
export function PreviewTab({ receiverId, show }: { receiverId: string; show: "looks" | "request" }) {
  const t = useTranslations("preview");
  const showTab = useLiveTab();
  const showRequest = useCallback(() => showTab("request"), [showTab]);
  return (
    <Suspense fallback={<SkeletonRows label={t("loading")} className="py-4" />}>
      <View receiverId={receiverId} show={show} onShowRequest={showRequest} />
    </Suspense>
  );
}
