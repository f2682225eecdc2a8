"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense } from "react";
import { SkeletonRows } from "../ui/skeleton";

// The samples and the engine come with the tab and not with the page.
const Output = lazy(async () => ({ default: (await import("./definition-output")).DefinitionOutput }));

/** What one definition of the file writes. */
export function OutputTab() {
  const t = useTranslations("templates.live");
  return (
    <Suspense fallback={<SkeletonRows label={t("loading")} className="py-4" />}>
      <Output />
    </Suspense>
  );
}
