"use client";

import { useTranslations } from "next-intl";
import { GLOBAL_STRUCT } from "@/lib/alertmanager";
import { useDiagnosticsAt } from "../fields/environment";
import { FieldDiagnostics } from "../fields/field-diagnostics";
import { pathId } from "../fields/path-id";
import { StructForm } from "../fields/struct-form";
import { Card } from "../ui/card";
import { PageHeader } from "../ui/page";
import { useEditorState } from "./use-change";

const PATH = ["global"] as const;

/** What integrations take when they say nothing themselves. */
export function GlobalSettings() {
  const t = useTranslations("editor.global");
  const global = useEditorState(({ document }) => document.config.global);
  const findings = useDiagnosticsAt(PATH);
  return (
    <>
      <PageHeader title={t("title")} facts={<span>{t("lead")}</span>} />
      <Card id={pathId(PATH)} aria-label={t("title")}>
        <div className="px-4 empty:hidden">
          <FieldDiagnostics id={`${pathId(PATH)}-faults`} diagnostics={findings} />
        </div>
        <StructForm struct={GLOBAL_STRUCT} path={PATH} value={global} />
      </Card>
    </>
  );
}
