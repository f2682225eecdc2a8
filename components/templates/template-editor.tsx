"use client";

import type { EditorView } from "@codemirror/view";
import { CornerDownRight, PencilLine } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { type LanguageContext, type TemplateFile, templateHover } from "@/lib/alertmanager";
import { CodeEditor, type Mark } from "../editor/code-editor";
import { Button } from "../ui/button";
import type { MergedFinding } from "./merge-findings";
import { type TemplateAsk, templateLanguage } from "./template-language";
import { useFindingText, useThingWords } from "./template-words";

/** Where to put the cursor; another object is another wish. */
export type Jump = { file: string; from: number; to: number };

type TemplateEditorProps = {
  file: TemplateFile;
  readOnly: boolean;
  context: LanguageContext;
  findings: readonly MergedFinding[];
  jump: Jump | null;
  /** It is there: coming back to the file later is no wish to go there again. */
  jumped: () => void;
  onChange: (content: string) => void;
  goTo: (name: string) => void;
  rename: (name: string) => void;
  canGoTo: (name: string) => boolean;
};

/** A template file as code, and below it what stands at the cursor: what the mouse is told, the keyboard is told there. */
export function TemplateEditor({
  file,
  readOnly,
  context,
  findings,
  jump,
  jumped,
  onChange,
  goTo,
  rename,
  canGoTo,
}: TemplateEditorProps) {
  const t = useTranslations("templates");
  const words = useThingWords();
  const say = useFindingText();
  const view = useRef<EditorView | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const asked = useRef({ context, words, goTo, rename });
  useEffect(() => {
    asked.current = { context, words, goTo, rename };
  });
  const [language] = useState(() => {
    const ask: TemplateAsk = {
      context: () => asked.current.context,
      words: (thing) => asked.current.words(thing),
      goTo: (name) => asked.current.goTo(name),
      rename: (name) => asked.current.rename(name),
      moved: setCursor,
      opened: (opened) => {
        view.current = opened;
      },
    };
    return templateLanguage(ask);
  });

  useEffect(() => {
    const editor = view.current;
    if (!editor || jump?.file !== file.name) return;
    const end = editor.state.doc.length;
    const selection = { anchor: Math.min(jump.from, end), head: Math.min(jump.to, end) };
    editor.dispatch({ selection, scrollIntoView: true });
    editor.focus();
    jumped();
  }, [jump, file.name, jumped]);

  const marks = useMemo(
    () =>
      findings.map((finding): Mark => {
        const { from, to, severity, suggestion } = finding;
        const repair = {
          name: t("replaceBy", { text: suggestion ?? "" }),
          apply: (editor: EditorView, start: number, end: number) =>
            editor.dispatch({ changes: { from: start, to: end, insert: suggestion ?? "" }, userEvent: "input.fix" }),
        };
        const actions = suggestion !== undefined && !readOnly ? [repair] : [];
        return { from, to, severity, message: say(finding), actions };
      }),
    [findings, say, t, readOnly],
  );
  const here =
    cursor === null
      ? null
      : (templateHover(file.content, cursor, context) ?? templateHover(file.content, cursor - 1, context));
  const told = here && words(here.thing);
  const named = here?.thing.kind === "template" ? here.thing.name : null;

  return (
    <>
      <CodeEditor
        text={file.content}
        label={file.name}
        language="template"
        readOnly={readOnly}
        marks={marks}
        extensions={language}
        className="min-h-[320px] overflow-auto"
        onChange={onChange}
      />
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-t px-3 py-1.5 text-12">
        <p className="min-w-0 flex-1 text-soft [overflow-wrap:anywhere]">
          {here && told ? (
            <>
              <code className="mr-2 font-medium text-text">
                {here.thing.name}
                {here.thing.kind === "function" || here.thing.kind === "method" ? "" : " "}
                {here.thing.signature}
              </code>
              {[told.text, told.kind, told.since].filter(Boolean).join(" · ")}
            </>
          ) : (
            t("editor.hint")
          )}
        </p>
        {named !== null && canGoTo(named) ? (
          <Button size="sm" onClick={() => goTo(named)}>
            <CornerDownRight aria-hidden />
            {t("editor.goTo")}
          </Button>
        ) : null}
        {named !== null && !readOnly ? (
          <Button size="sm" onClick={() => rename(named)}>
            <PencilLine aria-hidden />
            {t("editor.rename")}
          </Button>
        ) : null}
      </div>
    </>
  );
}
