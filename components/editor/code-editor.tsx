"use client";

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { indentUnit } from "@codemirror/language";
import { lintGutter, type Diagnostic as Mark, setDiagnostics } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { codeTheme, withNonce } from "./code-theme";

export type { Mark };

export type CodeEditorProps = {
  text: string;
  label: string;
  readOnly?: boolean;
  language?: "yaml" | "text";
  marks?: readonly Mark[];
  onChange?: (text: string) => void;
  onFocusChange?: (focused: boolean) => void;
  className?: string;
};

const fromOutside = Annotation.define<boolean>();

/** The smallest replacement that turns one text into another, so that cursor and scroll stay. */
function replacement(before: string, after: string) {
  let start = 0;
  const limit = Math.min(before.length, after.length);
  while (start < limit && before[start] === after[start]) start++;
  let end = 0;
  while (end < limit - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

export function CodeEditor({
  text,
  label,
  readOnly,
  language = "text",
  marks,
  onChange,
  onFocusChange,
  className,
}: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const editable = useRef(new Compartment());
  const handlers = useRef({ onChange, onFocusChange });
  const initial = useRef({ text, label, language });
  useEffect(() => {
    handlers.current = { onChange, onFocusChange };
  });

  useEffect(() => {
    if (!host.current) return;
    const start = initial.current;
    const created = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: start.text,
        extensions: [
          withNonce(),
          codeTheme,
          lineNumbers(),
          lintGutter(),
          history(),
          search(),
          indentUnit.of("  "),
          EditorState.tabSize.of(2),
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
          start.language === "yaml" ? yaml() : [],
          EditorView.contentAttributes.of({ "aria-label": start.label, tabindex: "0" }),
          editable.current.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((transaction) => transaction.annotation(fromOutside))) {
              handlers.current.onChange?.(update.state.doc.toString());
            }
            if (update.focusChanged) handlers.current.onFocusChange?.(update.view.hasFocus);
          }),
        ],
      }),
    });
    view.current = created;
    return () => {
      created.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    view.current?.dispatch({
      effects: editable.current.reconfigure(readOnly ? EditorState.readOnly.of(true) : []),
    });
  }, [readOnly]);

  useEffect(() => {
    const current = view.current;
    if (!current) return;
    const before = current.state.doc.toString();
    if (before !== text) current.dispatch({ changes: replacement(before, text), annotations: fromOutside.of(true) });
  }, [text]);

  useEffect(() => {
    const current = view.current;
    if (!current || !marks) return;
    const { doc } = current.state;
    // A finding about a whole block is marked on its first line only.
    const inside = marks
      .filter(({ from }) => from <= doc.length)
      .map((mark) => ({ ...mark, to: Math.max(mark.from, Math.min(mark.to, doc.lineAt(mark.from).to)) }));
    current.dispatch(setDiagnostics(current.state, inside));
  }, [marks]);

  return <div ref={host} className={className} />;
}
