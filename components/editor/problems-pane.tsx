"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Diagnostic } from "@/lib/alertmanager";
import { useDiagnosticText, useFixLabel, useProofText } from "../fields/field-diagnostics";
import { useObjectorText } from "../fields/judges";
import { pathId } from "../fields/path-id";
import { reveal } from "../fields/reveal";
import { LEVELS } from "../fields/severity-level";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { Notice, SeverityIcon } from "../ui/severity";
import { useAnalysis, useEditor } from "./change-context";
import { placeOf } from "./place";
import { useApplyFix } from "./use-apply-fix";
import { useEdits } from "./use-change";

/** `receivers[2].slack_configs[0].api_url`, as Alertmanager's own messages say it. */
export function pathText(path: Diagnostic["path"]): string {
  // The rest is an id.
  if (path[0] === "expectations") return "expectations";
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

export function useGoToPath(): (path: Diagnostic["path"]) => void {
  const router = useRouter();
  const tenant = useTenant();
  const { store } = useEditor();
  return (path) => {
    const { page, id } = placeOf(path, store.state().document.config);
    const href = tenant.href(page);
    if (window.location.pathname !== href) router.push(`${href}#${id}`);
    reveal(id);
  };
}

export function ProblemsPane() {
  const t = useTranslations("editor.problems");
  const { analysis, error } = useAnalysis();
  const { analyser } = useEditor();
  const { readOnly } = useEdits();
  const { diagnostics } = analysis;
  const words = useDiagnosticText();
  const fixLabel = useFixLabel();
  const who = useObjectorText();
  const proofOf = useProofText();
  const goTo = useGoToPath();
  const applyFix = useApplyFix();
  const stopped = error ? (
    <Notice
      level="critical"
      className="m-3"
      title={t("stopped")}
      actions={
        <Button size="sm" onClick={analyser.retry}>
          {t("tryNow")}
        </Button>
      }
    >
      <p>{t("stoppedText", { reason: error instanceof Error ? error.message : String(error) })}</p>
    </Notice>
  ) : null;
  if (diagnostics.length === 0) {
    return (
      stopped ?? (
        <EmptyState title={t("none")}>
          <p>{t("noneText")}</p>
        </EmptyState>
      )
    );
  }
  return (
    <>
      {stopped}
      <ul className="divide-y">
        {diagnostics.map((diagnostic, index) => {
          const { fix } = diagnostic;
          const objectors = who(diagnostic);
          const proof = proofOf(diagnostic);
          return (
            <li
              key={`${diagnostic.code}-${pathId(diagnostic.path)}-${index.toString()}`}
              className="flex gap-2 px-4 py-2.5 [contain-intrinsic-size:auto_64px] [content-visibility:auto]"
            >
              <SeverityIcon level={LEVELS[diagnostic.severity]} className="mt-0.5" />
              <div className="min-w-0 flex-1">
                <button
                  type="button"
                  className="block w-full text-left hover:underline"
                  onClick={() => goTo(diagnostic.path)}
                >
                  <span className="sr-only">{t(`severity.${diagnostic.severity}`)} </span>
                  {words(diagnostic)}
                </button>
                <code className="text-muted">{pathText(diagnostic.path)}</code>
                {proof ? <p className="text-12 text-soft">{proof}</p> : null}
                {objectors ? <p className="text-12 text-soft">{objectors}</p> : null}
                {diagnostic.upstream ? <p className="font-mono text-12 text-soft">{diagnostic.upstream}</p> : null}
              </div>
              {fix && !readOnly ? (
                <Button size="sm" onClick={() => applyFix(fix)}>
                  {fixLabel(fix)}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
    </>
  );
}
