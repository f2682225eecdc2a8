"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useTenant } from "../http/tenant-context";
import { FormField } from "../ui/form-field";
import { Select } from "../ui/select";
import { mailLanguageQuery } from "./member-queries";

export const LANGUAGES = ["en", "fr", "de"] as const;

/** Whether a link goes by mail, and in which language: fields `mail` and `language` of a form. */
export function MailChoice({ id }: { id: string }) {
  const t = useTranslations("people");
  const locale = useLocale();
  const { data } = useQuery(mailLanguageQuery(useTenant()));
  const usual = data?.language ?? locale;
  return (
    <>
      <label className="flex items-start gap-2">
        <input type="checkbox" name="mail" defaultChecked className="mt-1" />
        <span>
          {t("mail")}
          <span className="block text-12 text-muted">{t("mailHint")}</span>
        </span>
      </label>
      <FormField id={`${id}-language`} label={t("language")}>
        {(control) => (
          <Select key={usual} {...control} name="language" defaultValue={usual}>
            {LANGUAGES.map((language) => (
              <option key={language} value={language}>
                {t(`languages.${language}`)}
              </option>
            ))}
          </Select>
        )}
      </FormField>
    </>
  );
}
