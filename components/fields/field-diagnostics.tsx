"use client";

import { useTranslations } from "next-intl";
import type { Diagnostic, Fix } from "@/lib/alertmanager";
import { Button } from "../ui/button";
import { Notice } from "../ui/severity";
import { useFields } from "./environment";
import { type Finding, useObjectorText } from "./judges";
import { LEVELS } from "./severity-level";

/** The reader's words for a finding; English as the program wrote it for a code without a text. */
export function useDiagnosticText(): (diagnostic: Diagnostic) => string {
  const t = useTranslations("diagnostics");
  const sampleCases = useSampleCases();
  return ({ code, params, message }) => (t.has(code) ? t(code, { ...sampleCases(params) }) : message);
}

/** Findings about notifications tell by their ids which of the sample alerts they are about. */
function useSampleCases() {
  const t = useTranslations("fields.cases");
  return (params: Diagnostic["params"]): Diagnostic["params"] => {
    const { cases } = params;
    if (typeof cases !== "string") return params;
    const names = cases.split(", ").map((id) => (t.has(id) ? t(id) : id));
    return { ...params, cases: names.join(", ") };
  };
}

/** How sure a finding about what alerts can do is; null for one that does not say. */
export function useProofText(): (diagnostic: Diagnostic) => string | null {
  const t = useTranslations("fields");
  return ({ params: { proof } }) => (proof === "proven" || proof === "no_example" ? t(`proofs.${proof}`) : null);
}

/** What the button of a repair says that it does. */
export function useFixLabel(): (fix: Fix) => string {
  const t = useTranslations("fields");
  return ({ code }) => (t.has(`fixes.${code}`) ? t(`fixes.${code}`) : t("fix"));
}

export function FieldDiagnostics({ id, diagnostics }: { id: string; diagnostics: readonly Finding[] }) {
  const t = useTranslations("fields");
  const fixLabel = useFixLabel();
  const text = useDiagnosticText();
  const who = useObjectorText();
  const proofOf = useProofText();
  const { applyFix, readOnly } = useFields();
  if (diagnostics.length === 0) return null;
  return (
    <div id={id} className="mt-1.5 grid gap-1.5">
      {diagnostics.map((diagnostic, index) => {
        const { fix } = diagnostic;
        const objectors = who(diagnostic);
        const proof = proofOf(diagnostic);
        return (
          <Notice
            // biome-ignore lint/suspicious/noArrayIndexKey: findings have no identity and keep no state
            key={`${diagnostic.code}-${index}`}
            level={LEVELS[diagnostic.severity]}
            actions={
              fix && !readOnly ? (
                <Button size="sm" onClick={() => applyFix(fix)}>
                  {fixLabel(fix)}
                </Button>
              ) : undefined
            }
          >
            <p>
              <strong className="font-medium">{t(`severity.${diagnostic.severity}`)}</strong> {text(diagnostic)}
            </p>
            {proof ? <p className="text-12 text-soft">{proof}</p> : null}
            {objectors ? <p className="text-12 text-soft">{objectors}</p> : null}
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
