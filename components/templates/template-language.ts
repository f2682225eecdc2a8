import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, ViewPlugin } from "@codemirror/view";
import { type LanguageContext, type TemplateThing, templateCompletions, templateHover } from "@/lib/alertmanager";

export type ThingWords = { kind: string; text: string | null; since: string | null };

/** What the editor asks of the page around it; asked anew each time, as the document goes on. */
export type TemplateAsk = {
  context: () => LanguageContext;
  words: (thing: TemplateThing) => ThingWords;
  goTo: (name: string) => void;
  rename: (name: string) => void;
  /** Where the cursor is. */
  moved: (offset: number) => void;
  opened: (view: EditorView | null) => void;
};

const RANK: Record<TemplateThing["kind"], number> = {
  ...{ field: 5, method: 4, entry: 3, template: 3, variable: 2, function: 1, keyword: 0 },
};

/** Completion, explanations, going to definitions and renaming in a template. */
export function templateLanguage(ask: TemplateAsk): Extension {
  const nameAt = (view: EditorView, offset: number) => {
    const found = templateHover(view.state.doc.toString(), offset, ask.context());
    return found?.thing.kind === "template" ? found.thing.name : null;
  };
  const withName = (act: (name: string) => void) => (view: EditorView) => {
    const { head } = view.state.selection.main;
    const name = nameAt(view, head) ?? (head > 0 ? nameAt(view, head - 1) : null);
    if (name !== null) act(name);
    return name !== null;
  };
  return [
    EditorView.updateListener.of((update) => {
      if (update.selectionSet || update.docChanged) ask.moved(update.state.selection.main.head);
    }),
    ViewPlugin.define((view) => {
      ask.opened(view);
      return { destroy: () => ask.opened(null) };
    }),
    closeBrackets(),
    autocompletion({
      override: [(context) => complete(context, ask)],
      icons: false,
      activateOnTypingDelay: 40,
      optionClass: () => "cm-templateOption",
    }),
    hoverTooltip((view, offset) => {
      const found = templateHover(view.state.doc.toString(), offset, ask.context());
      if (!found) return null;
      const dom = explanation(found.thing, ask.words(found.thing));
      return { pos: found.from, end: found.to, above: true, create: () => ({ dom }) };
    }),
    keymap.of([
      { key: "F12", run: withName(ask.goTo) },
      { key: "F2", run: withName(ask.rename) },
      ...closeBracketsKeymap,
      ...completionKeymap,
    ]),
    EditorView.domEventHandlers({
      mousedown: (event, view) => {
        if (!(event.ctrlKey || event.metaKey)) return false;
        const offset = view.posAtCoords({ x: event.clientX, y: event.clientY });
        const name = offset === null ? null : nameAt(view, offset);
        if (name === null) return false;
        event.preventDefault();
        ask.goTo(name);
        return true;
      },
    }),
  ];
}

function complete({ state, pos, explicit }: CompletionContext, ask: TemplateAsk): CompletionResult | null {
  const text = state.doc.toString();
  const found = templateCompletions(text, pos, ask.context());
  if (!found || found.items.length === 0) return null;
  const before = text.slice(found.from - 1, found.from);
  const named = found.items[0]?.kind === "template";
  if (!explicit && found.from === pos && before !== "." && !named) return null;
  return {
    from: found.from,
    to: found.to,
    validFor: named ? /^"?[\w.-]*"?$/ : /^[\w$]*$/,
    options: found.items.map((item): Completion => {
      const shown = item.signature === "default" && named ? ask.words(item).kind : item.signature;
      return {
        label: item.name,
        detail: shown,
        boost: RANK[item.kind],
        apply: named ? applyName(item.insert) : item.insert,
        info: () => explanation(item, ask.words(item)),
      };
    }),
  };
}

/** A template is nearly always called with the dot: it is written along where nothing stands behind the name. */
function applyName(insert: string): Completion["apply"] {
  return (view, _, from, to) => {
    const text = view.state.doc.toString();
    const quote = /^["`]/.exec(text.slice(to))?.[0] ?? "";
    const ended = insert + quote;
    const alone = /^\s*(?:-?\}\}|$)/.test(text.slice(to + quote.length)) && isCall(text, from);
    const written = alone ? `${ended} .` : ended;
    view.dispatch({
      changes: { from, to: to + quote.length, insert: written },
      selection: { anchor: from + written.length },
      userEvent: "input.complete",
    });
  };
}

function isCall(text: string, from: number): boolean {
  return /template\s*["`]?$/.test(text.slice(Math.max(0, from - 40), from));
}

function explanation(thing: TemplateThing, words: ThingWords): HTMLElement {
  const box = document.createElement("div");
  box.className = "grid max-w-[360px] gap-1 px-2.5 py-2 font-sans text-12 whitespace-normal text-text";
  const line = (text: string, className: string) => {
    const part = document.createElement("p");
    part.className = className;
    part.textContent = text;
    box.append(part);
  };
  const gap = thing.kind === "function" || thing.kind === "method" ? "" : " ";
  line(thing.signature ? `${thing.name}${gap}${thing.signature}` : thing.name, "font-mono font-medium");
  if (words.text) line(words.text, "text-soft");
  line([words.kind, words.since].filter(Boolean).join(" · "), "text-muted");
  return box;
}
