"use client";

import { useTranslations } from "next-intl";
import { Notice } from "../ui/severity";

/** On every page of a tenant that is suspended. */
export function SuspendedBanner({ reason, contact }: { reason: string; contact: string }) {
  const t = useTranslations("plan");
  return (
    <Notice level="warning" role="status" title={t("suspended")} className="mx-4 mt-4 md:mx-6">
      <p>{t(reason ? "suspendedWhy" : "suspendedText", { reason, contact })}</p>
    </Notice>
  );
}
