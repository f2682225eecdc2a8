"use client";

import { useTranslations } from "next-intl";
import type { TemplateFile } from "@/lib/alertmanager";
import { Button } from "../ui/button";
import { Notice } from "../ui/severity";
import type { UploadProblem } from "./read-uploads";

type UploadProblemsProps = {
  problems: readonly UploadProblem[];
  replace: (file: TemplateFile) => void;
  dismiss: () => void;
};

/** Which files were not taken and why; one that is there already may be replaced. */
export function UploadProblems({ problems, replace, dismiss }: UploadProblemsProps) {
  const t = useTranslations("templates.uploadProblem");
  if (problems.length === 0) return null;
  return (
    <Notice
      level="warning"
      role="alert"
      title={t("title", { count: problems.length })}
      actions={
        <>
          {problems.map(({ name, file }) =>
            file ? (
              <Button key={name} size="sm" onClick={() => replace(file)}>
                {t("replace", { name })}
              </Button>
            ) : null,
          )}
          <Button size="sm" variant="quiet" onClick={dismiss}>
            {t("dismiss")}
          </Button>
        </>
      }
    >
      {problems.map(({ name, reason }) => (
        <p key={name}>{t(reason, { name })}</p>
      ))}
    </Notice>
  );
}
