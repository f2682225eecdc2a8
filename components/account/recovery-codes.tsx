"use client";

import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { CopyField } from "../ui/copy-field";
import { Notice } from "../ui/severity";

/** Shown once; whoever shows them says what follows when they are kept. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useTranslations("second-factor.recovery");
  return (
    <div className="grid gap-3">
      <Notice level="warning" title={t("once")}>
        {t("onceText")}
      </Notice>
      <ul aria-label={t("title")} className="grid grid-cols-1 gap-x-4 gap-y-1 font-mono text-13 sm:grid-cols-2">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <CopyField value={codes.join(" ")} label={t("all")} />
      <Button variant="primary" onClick={onKept}>
        {t("kept")}
      </Button>
    </div>
  );
}
