"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Diagnostic } from "@/lib/alertmanager";
import { useDiagnosticText } from "../fields/field-diagnostics";
import { Notice } from "../ui/severity";
import { CodeEditor, type Mark } from "./code-editor";
import { useChange } from "./use-change";

const PARSE_AFTER = 250;

/**
 * The text that is published, in both directions. While somebody types, the text is theirs: it becomes the document
 * whenever it parses, and is replaced from the document only after the cursor has left.
 */
export function YamlPane() {
  const t = useTranslations("editor.yaml");
  const words = useDiagnosticText();
  const { yaml, diagnostics, config, profiles, readOnly, update, worker } = useChange();
  const [draft, setDraft] = useState<string | null>(null);
  const [parseProblems, setParseProblems] = useState<readonly Diagnostic[]>([]);
  const [focused, setFocused] = useState(false);
  const [applied, setApplied] = useState<string | null>(null);
  const latest = useRef({ config, profiles });
  useEffect(() => {
    latest.current = { config, profiles };
  });

  const broken = parseProblems.length > 0;
  useEffect(() => {
    if (draft === null) return;
    let outdated = false;
    const timer = setTimeout(async () => {
      const { config: previous, profiles: ids } = latest.current;
      const parsed = await worker.parse(draft, previous, ids[0] ?? "");
      if (outdated) return;
      const { config: next } = parsed;
      setParseProblems(next ? [] : parsed.diagnostics);
      if (!next) return;
      update((document) => ({ ...document, config: next, source: draft }), "yaml");
      setApplied(draft);
    }, PARSE_AFTER);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [draft, update, worker]);

  // Once the document has taken the text and the cursor has left, the text follows the document again.
  useEffect(() => {
    if (!focused && draft !== null && applied === draft) setDraft(null);
  }, [focused, draft, applied]);

  const marks = useMemo<Mark[]>(
    () =>
      (broken ? parseProblems : diagnostics).flatMap((diagnostic) =>
        diagnostic.range
          ? [
              {
                from: diagnostic.range.start.offset,
                to: diagnostic.range.end.offset,
                severity: diagnostic.severity,
                message: words(diagnostic),
              },
            ]
          : [],
      ),
    [broken, parseProblems, diagnostics, words],
  );

  return (
    <div className="flex h-full min-h-0 flex-col">
      {broken ? (
        <Notice level="critical" className="m-3" title={t("broken")}>
          {parseProblems.slice(0, 3).map((problem) => (
            <p key={`${problem.code}-${problem.range?.start.offset ?? 0}`}>
              {problem.range ? `${t("line", { line: problem.range.start.line })} ` : ""}
              {words(problem)}
            </p>
          ))}
        </Notice>
      ) : null}
      <CodeEditor
        className="min-h-0 flex-1 overflow-auto"
        text={draft ?? yaml}
        label={t("label")}
        language="yaml"
        readOnly={readOnly}
        marks={marks}
        onChange={setDraft}
        onFocusChange={setFocused}
      />
    </div>
  );
}
