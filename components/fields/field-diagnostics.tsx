"use client";

import { useTranslations } from "next-intl";
import type { Diagnostic } from "@/lib/alertmanager";
import { Button } from "../ui/button";
import { Notice } from "../ui/severity";
import { useFields } from "./environment";
import { LEVELS } from "./severity-level";

/** The reader's words for a finding; English as the program wrote it for a code without a text. */
export function useDiagnosticText(): (diagnostic: Diagnostic) => string {
  const t = useTranslations("diagnostics");
  return (diagnostic) => (t.has(diagnostic.code) ? t(diagnostic.code, { ...diagnostic.params }) : diagnostic.message);
}

export function FieldDiagnostics({ id, diagnostics }: { id: string; diagnostics: readonly Diagnostic[] }) {
  const t = useTranslations("fields");
  const text = useDiagnosticText();
  const { applyFix, readOnly } = useFields();
  if (diagnostics.length === 0) return null;
  return (
    <div id={id} className="mt-1.5 grid gap-1.5">
      {diagnostics.map((diagnostic, index) => {
        const { fix } = diagnostic;
        return (
          <Notice
            // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity and keep no state
            key={`${diagnostic.code}-${index}`}
            level={LEVELS[diagnostic.severity]}
            actions={
              fix && !readOnly ? (
                <Button size="sm" onClick={() => applyFix(fix)}>
                  {t.has(`fixes.${fix.code}`) ? t(`fixes.${fix.code}`) : t("fix")}
                </Button>
              ) : undefined
            }
          >
            <p>
              <strong className="font-medium">{t(`severity.${diagnostic.severity}`)}</strong> {text(diagnostic)}
            </p>
            {diagnostic.upstream ? (
              <p className="mt-1 font-mono text-12 text-soft">
                <span className="sr-only">{t("upstream")} </span>
                {diagnostic.upstream}
              </p>
            ) : null}
          </Notice>
        );
      })}
    </div>
  );
}
