import { type Extension, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { TOKEN_CLASSES, templateTokens } from "../fields/template-tokens";

function colours(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  let at = 0;
  for (const { kind, text } of templateTokens(view.state.doc.toString())) {
    if (kind !== "text") builder.add(at, at + text.length, Decoration.mark({ class: TOKEN_CLASSES[kind] }));
    at += text.length;
  }
  return builder.finish();
}

/** Go templates in the colours that template fields have too. */
export const templateColours: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = colours(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged) this.decorations = colours(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
