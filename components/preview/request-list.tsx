"use client";

import { useTranslations } from "next-intl";
import type { CasePreview } from "@/lib/alertmanager";
import { maskSecrets } from "@/lib/alertmanager/preview";
import { HttpText } from "./http-text";
import { MailText } from "./mail-text";

/** What is sent, to the byte, one after the other. Secrets are dots. */
export function RequestList({ requests }: Pick<CasePreview, "requests">) {
  const t = useTranslations("preview");
  return (
    <ol className="grid min-w-0 gap-3">
      {requests.map((request, index) => {
        const shown = maskSecrets(request);
        return (
          <li key={index.toString()} className="grid min-w-0 gap-2">
            {requests.length > 1 ? (
              <span className="text-12 text-muted">
                {t("requestOf", { number: index + 1, count: requests.length })}
              </span>
            ) : null}
            {"smtp" in shown ? <MailText mail={shown} /> : <HttpText request={shown} />}
          </li>
        );
      })}
    </ol>
  );
}
