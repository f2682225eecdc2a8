"use client";

import { useLocale, useTranslations } from "next-intl";
import { FormField } from "../ui/form-field";
import { Select } from "../ui/select";

const LANGUAGES = ["en", "fr", "de"] as const;

/** Whether a link goes by mail, and in which language: fields `mail` and `language` of a form. */
export function MailChoice({ id }: { id: string }) {
  const t = useTranslations("people");
  const locale = useLocale();
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
          <Select {...control} name="language" defaultValue={locale}>
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
