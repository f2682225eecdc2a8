"use client";

import { useTranslations } from "next-intl";
import type { CasePreview } from "@/lib/alertmanager";
import { asCurl } from "@/lib/alertmanager/preview/curl";
import { CopyButton } from "./copy-button";
import { RandomParts } from "./random-parts";
import { TextBox } from "./text-box";

type Mail = Extract<CasePreview["requests"][number], { smtp: true }>;

/** A mail as it is handed to the smarthost: commands, headers, data. */
export function MailText({ mail }: { mail: Mail }) {
  const t = useTranslations("preview");
  return (
    <>
      <p className="flex justify-end">
        <CopyButton text={asCurl(mail)}>{t("copyCurl")}</CopyButton>
      </p>
      {mail.approximation ? <p className="text-12 text-warning">{t("mailApproximation")}</p> : null}
      <TextBox label={t("mailCommands")} copied={mail.commands.join("\n")} length={0}>
        <RandomParts text={mail.commands.join("\n")} />
      </TextBox>
      <TextBox label={t("mailData")} copied={mail.data} length={mail.data.length}>
        <RandomParts text={mail.data} />
      </TextBox>
      {/<VOLATILE>|BOUNDARY/.test(mail.data) ? <p className="text-12 text-muted">{t("randomNote")}</p> : null}
    </>
  );
}
