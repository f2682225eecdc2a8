"use client";

import { useTranslations } from "next-intl";
import { Notice } from "../../ui/severity";

/** Alertmanager sends it, but the provider does not take it: nobody would see this message. */
export function Refused({ by, answer }: { by: string; answer: string }) {
  const t = useTranslations("looks");
  return (
    <Notice level="critical" title={t("refused", { provider: by })} className="mb-2">
      <p className="font-mono text-12 text-soft">{answer}</p>
    </Notice>
  );
}
