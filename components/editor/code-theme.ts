import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--bg-panel)", fontSize: "12px", height: "100%" },
  ".cm-scroller": { fontFamily: "var(--font-geist-mono), ui-monospace, monospace", lineHeight: "18px" },
  ".cm-content": { caretColor: "var(--ink)", padding: "8px 0" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-gutters": { backgroundColor: "var(--bg-sunken)", color: "var(--ink-muted)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--bg-hover)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--accent-line)",
  },
  ".cm-editedLine": { backgroundColor: "var(--accent-soft)", boxShadow: "inset 2px 0 0 var(--accent-line)" },
  ".cm-tooltip": {
    backgroundColor: "var(--bg-panel)",
    border: "1px solid var(--line-strong)",
    borderRadius: "6px",
    maxWidth: "420px",
  },
  ".cm-diagnostic-error": { borderLeftColor: "var(--critical)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warning)" },
  ".cm-diagnostic-info": { borderLeftColor: "var(--info)" },
  ".cm-panels": { backgroundColor: "var(--bg-sunken)", color: "var(--ink)" },
  ".cm-deletedChunk, &.cm-merge-a .cm-changedLine": { backgroundColor: "var(--del-line)" },
  "&.cm-merge-b .cm-changedLine, .cm-insertedLine": { backgroundColor: "var(--add-line)" },
  "&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText": { background: "var(--del-word)" },
  "&.cm-merge-b .cm-changedText": { background: "var(--add-word)" },
  // The colours of the syntax have too little contrast on a changed word.
  ".cm-changedText span, .cm-deletedText span": { color: "var(--ink)" },
});

const highlight = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--accent)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--ink-muted)", fontStyle: "italic" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--ink)" },
  { tag: [tags.number, tags.bool, tags.null, tags.keyword], color: "var(--info)" },
  { tag: [tags.punctuation, tags.separator], color: "var(--ink-muted)" },
]);

/** Tokens of app/globals.css; one look for light and dark, since the tokens change and not the theme. */
export const codeTheme: Extension = [theme, syntaxHighlighting(highlight)];

/** CodeMirror writes its styles into one element, which the content security policy lets in by its nonce. */
export function withNonce(): Extension {
  const nonce = globalThis.__webpack_nonce__;
  return nonce ? EditorView.cspNonce.of(nonce) : [];
}
