"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ConfigDocument, Diagnostic } from "@/lib/alertmanager";
import { useDiagnosticText } from "../fields/field-diagnostics";
import { type Finding, useObjectorText } from "../fields/judges";
import { Notice } from "../ui/severity";
import { useAnalysis, useEditor } from "./change-context";
import { CodeEditor, type Mark } from "./code-editor";
import { useEditedPath } from "./edited-path";
import { useEdits } from "./use-change";
import type { Located, Place } from "./worker-protocol";

const PARSE_AFTER = 250;

/**
 * The text that is published, in both directions. While somebody types, the text is theirs: it becomes the document
 * whenever it parses, and is replaced from the document only after the cursor has left.
 */
export function YamlPane() {
  const t = useTranslations("editor.yaml");
  const words = useDiagnosticText();
  const { analysis } = useAnalysis();
  const { readOnly } = useEdits();
  const { draft, setDraft, setFocused, problems } = useTypedText();
  const edited = useEdited(draft === null);
  const marks = useMarks(problems);

  return (
    <div className="flex h-full min-h-0 flex-col">
      {problems.length > 0 ? (
        <Notice level="critical" className="m-3" title={t("broken")} role="status">
          {problems.slice(0, 3).map((problem) => (
            <p key={`${problem.code}-${problem.range?.start.offset ?? 0}`}>
              {problem.range ? `${t("line", { line: problem.range.start.line })} ` : ""}
              {words(problem)}
            </p>
          ))}
        </Notice>
      ) : null}
      <CodeEditor
        className="min-h-0 flex-1 overflow-auto"
        text={draft ?? analysis.yaml}
        label={t("label")}
        language="yaml"
        readOnly={readOnly}
        marks={marks}
        edited={edited}
        onChange={setDraft}
        onFocusChange={setFocused}
      />
    </div>
  );
}

/** What somebody types into the text until the document has taken it, and why it cannot be read. */
function useTypedText() {
  const { worker, store, profiles } = useEditor();
  const { update } = useEdits();
  const [draft, setDraft] = useState<string | null>(null);
  const [problems, setProblems] = useState<readonly Diagnostic[]>([]);
  const [focused, setFocused] = useState(false);
  const [applied, setApplied] = useState<string | null>(null);
  const profile = profiles[0] ?? null;

  useEffect(() => {
    if (draft === null) return;
    let outdated = false;
    const timer = setTimeout(async () => {
      const before: ConfigDocument = store.state().document;
      const { config, diagnostics } = await worker.parse(draft, before, profile).catch(asBroken);
      if (outdated) return;
      setProblems(config ? [] : diagnostics);
      if (!config) return;
      update((document) => ({ ...document, config, source: draft }), "yaml");
      setApplied(draft);
    }, PARSE_AFTER);
    return () => {
      outdated = true;
      clearTimeout(timer);
    };
  }, [draft, update, worker, store, profile]);

  // Once the document has taken the text and the cursor has left, the text follows the document again.
  useEffect(() => {
    if (!focused && draft !== null && applied === draft) setDraft(null);
  }, [focused, draft, applied]);
  return { draft, setDraft, setFocused, problems };
}

/** A worker that stopped is no fault of the text; the next keystroke asks a new one. */
function asBroken(): { config: null; diagnostics: readonly Diagnostic[] } {
  return { config: null, diagnostics: [] };
}

/** The lines of the field in which the cursor is. Typing YAML has no such field. */
function useEdited(following: boolean): { place: Place | null; field: string } {
  const { worker } = useEditor();
  const { analysis } = useAnalysis();
  const path = useEditedPath();
  const [asked, setAsked] = useState<Located | null>(null);
  useEffect(() => {
    if (!path || !following) return;
    let outdated = false;
    void worker
      .locate(path)
      .catch(() => null)
      .then((place) => {
        if (!outdated) setAsked({ place, path });
      });
    return () => {
      outdated = true;
    };
  }, [worker, path, following]);
  // The field's lines move with what is typed above and in it: each new text comes with their place.
  const { located: told } = analysis;
  const located = told && told.path === path ? told : asked;
  return useMemo(
    () => ({ place: following ? (located?.place ?? null) : null, field: JSON.stringify(located?.path ?? []) }),
    [located, following],
  );
}

/** Findings at their lines. Set anew only when they change; the editor moves them with the text. */
function useMarks(problems: readonly Diagnostic[]): Mark[] {
  const words = useDiagnosticText();
  const who = useObjectorText();
  const { analysis } = useAnalysis();
  const { analyser } = useEditor();
  const { diagnostics } = analysis;
  const say = useRef((finding: Finding) => [words(finding), who(finding)].filter(Boolean).join(" "));
  useEffect(() => {
    say.current = (finding) => [words(finding), who(finding)].filter(Boolean).join(" ");
  });
  return useMemo(() => {
    if (problems.length > 0) {
      return problems.flatMap((problem) =>
        problem.range ? [markOf(problem, problem.range.start.offset, problem.range.end.offset, say.current)] : [],
      );
    }
    const { places } = analyser.state().analysis;
    return diagnostics.flatMap((diagnostic, index) => {
      const [from = -1, to = -1] = places.subarray(index * 2, index * 2 + 2);
      return from < 0 ? [] : [markOf(diagnostic, from, to, say.current)];
    });
  }, [problems, diagnostics, analyser]);
}

function markOf(diagnostic: Finding, from: number, to: number, words: (diagnostic: Finding) => string): Mark {
  return { from, to, severity: diagnostic.severity, message: words(diagnostic) };
}
