import { type Extension, RangeSetBuilder, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { indentOf, opensBlock, type YamlToken, yamlTokens } from "./yaml-tokens";

const CLASSES: Record<YamlToken["kind"], string> = {
  key: "text-accent",
  comment: "text-muted italic",
  constant: "text-info",
  punctuation: "text-muted",
};
const MARKS = Object.fromEntries(
  Object.entries(CLASSES).map(([kind, names]) => [kind, Decoration.mark({ class: names })]),
);
const LOOK_BACK = 300;

/** The indent of the block scalar in whose text a line stands, looked for above it; -1 outside of any. */
function blockAround(doc: Text, number: number): number {
  let indent = Number.POSITIVE_INFINITY;
  for (let above = number - 1; above >= Math.max(1, number - LOOK_BACK) && indent > 0; above--) {
    const { text } = doc.line(above);
    if (text.trim() === "" || indentOf(text) >= indent) continue;
    indent = indentOf(text);
    if (opensBlock(text)) return indent;
  }
  return -1;
}

function colours({ state: { doc }, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  let done = 0;
  for (const { from, to } of visibleRanges) {
    const first = Math.max(doc.lineAt(from).number, done + 1);
    done = doc.lineAt(to).number;
    let block = first > done ? -1 : blockAround(doc, first);
    for (let number = first; number <= done; number++) {
      const line = doc.line(number);
      if (block >= 0 && (line.text.trim() === "" || indentOf(line.text) > block)) continue;
      for (const token of yamlTokens(line.text)) {
        const mark = MARKS[token.kind];
        if (mark) builder.add(line.from + token.from, line.from + token.to, mark);
      }
      block = opensBlock(line.text) ? indentOf(line.text) : -1;
    }
  }
  return builder.finish();
}

/**
 * YAML in colours, line by line where it is seen. A grammar would read the whole text again after each edit: with a
 * thousand receivers that is most of what a keystroke costs.
 */
export const yamlColours: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = colours(view);
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = colours(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
