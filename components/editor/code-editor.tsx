"use client";

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { indentUnit } from "@codemirror/language";
import { lintGutter, type Diagnostic as Mark, setDiagnostics } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import {
  Annotation,
  Compartment,
  EditorState,
  type Extension,
  type Text,
  type TransactionSpec,
} from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { codeTheme, withNonce } from "./code-theme";
import { editedLines, scrollToEdited, tint } from "./edited-lines";
import { LiveText } from "./live-text";
import { templateColours } from "./template-colours";
import { type TextChange, textChange } from "./text-change";
import { TypedTexts } from "./typed-texts";
import type { Place } from "./worker-protocol";
import { yamlColours } from "./yaml-colours";

export type { Mark };

type Language = "yaml" | "template" | "text";

export type CodeEditorProps = {
  text: string | LiveText;
  label: string;
  readOnly?: boolean;
  language?: Language;
  marks?: readonly Mark[];
  /** Lines to tint, and to scroll to when they are another field's. */
  edited?: { place: Place | null; field: string };
  onChange?: (text: string) => void;
  onFocusChange?: (focused: boolean) => void;
  /** What a page brings of its own; read once. */
  extensions?: Extension;
  className?: string;
};

const fromOutside = Annotation.define<boolean>();
const LANGUAGES: Record<Language, Extension> = {
  yaml: yamlColours,
  template: templateColours,
  text: [],
};

export function CodeEditor({
  text,
  label,
  readOnly,
  language = "text",
  marks,
  edited,
  onChange,
  onFocusChange,
  extensions = [],
  className,
}: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const editable = useRef(new Compartment());
  const handlers = useRef({ onChange, onFocusChange });
  const initial = useRef({ text, label, language, extensions });
  /** What the editor shows, without asking it to join its lines again. */
  const shown = useRef<string | LiveText>(text);
  /** Texts that were typed and have not come back as `text` yet. */
  const typed = useRef(new TypedTexts());
  const shownField = useRef("");
  const marked = useRef<CodeEditorProps["marks"]>(undefined);
  const tinted = useRef<CodeEditorProps["edited"]>(undefined);
  useEffect(() => {
    handlers.current = { onChange, onFocusChange };
  });

  useEffect(() => {
    if (!host.current) return;
    const start = initial.current;
    shown.current = start.text;
    marked.current = undefined;
    tinted.current = undefined;
    const created = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: textOf(start.text),
        extensions: [
          withNonce(),
          codeTheme,
          lineNumbers(),
          lintGutter(),
          history(),
          search(),
          indentUnit.of("  "),
          EditorState.tabSize.of(2),
          // Before the usual keys: Enter takes a completion.
          start.extensions,
          keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, indentWithTab]),
          LANGUAGES[start.language],
          editedLines,
          EditorView.contentAttributes.of({ "aria-label": start.label, tabindex: "0" }),
          editable.current.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((transaction) => transaction.annotation(fromOutside))) {
              const written = update.state.doc.toString();
              shown.current = written;
              typed.current.add(written);
              handlers.current.onChange?.(written);
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

  // One transaction for all: the editor would draw and measure itself for each.
  useEffect(() => {
    const current = view.current;
    if (!current) return;
    const late = typed.current.isLate(text);
    const changes = late ? [] : changesBetween(shown.current, text);
    if (!late) shown.current = text;
    const place = edited?.place ?? null;
    const effects = edited && edited !== tinted.current ? [tint(place)] : [];
    tinted.current = edited;
    const edits: TransactionSpec[] = changes.map((change) => ({ changes: change, sequential: true }));
    if (effects.length > 0) edits.push({ effects });
    if (marks && marks !== marked.current) {
      const { newDoc } = current.state.update(...edits);
      edits.push(setDiagnostics(current.state, onTheirLines(marks, newDoc)));
    }
    marked.current = marks;
    if (edits.length > 0) current.dispatch(...edits, { annotations: fromOutside.of(true) });
    if (!edited || edited.field === shownField.current) return;
    shownField.current = edited.field;
    if (place && !current.hasFocus) scrollToEdited(current, place);
  }, [text, edited, marks]);

  return <div ref={host} className={className} />;
}

/** A finding about a whole block is marked on its first line only. */
function onTheirLines(marks: readonly Mark[], doc: Text): Mark[] {
  return marks
    .filter(({ from }) => from <= doc.length)
    .map((mark) => ({ ...mark, to: Math.max(mark.from, Math.min(mark.to, doc.lineAt(mark.from).to)) }));
}

function textOf(text: string | LiveText): string {
  return typeof text === "string" ? text : text.read();
}

/** To be made one after the other. */
function changesBetween(before: string | LiveText, after: string | LiveText): TextChange[] {
  if (before === after) return [];
  const known = before instanceof LiveText && after instanceof LiveText ? after.editsSince(before) : null;
  if (known) return known;
  const change = textChange(textOf(before), textOf(after));
  return change.from === change.to && change.insert === "" ? [] : [change];
}
