"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { EditorFrame, WhenLoaded } from "../editor/editor-frame";
import { SkeletonRows } from "../ui/skeleton";

// The semantics of routes are larger than the rest of the page.
const Tester = lazy(async () => ({ default: (await import("./tester")).Tester }));

/** Where alerts go with the document that is edited, and what shall stay true of them. */
export function TesterPage() {
  const t = useTranslations("tester");
  return (
    <EditorFrame>
      <WhenLoaded>
        <Suspense fallback={<SkeletonRows label={t("loading")} />}>
          <Tester />
        </Suspense>
      </WhenLoaded>
    </EditorFrame>
  );
}
