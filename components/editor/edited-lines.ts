import { type Extension, StateEffect, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import type { Place } from "./worker-protocol";

const MOST_LINES = 400;
const mark = StateEffect.define<Place | null>();
const line = Decoration.line({ class: "cm-editedLine" });

function linesOf(doc: Text, place: Place | null): DecorationSet {
  if (!place || place.from > doc.length) return Decoration.none;
  const first = doc.lineAt(place.from).number;
  // A block ends where the next one begins; the line that it only touches is not its own.
  const end = doc.lineAt(Math.min(Math.max(place.from, place.to - 1), doc.length)).number;
  const last = Math.min(end, first + MOST_LINES);
  const starts = Array.from({ length: last - first + 1 }, (_, index) => line.range(doc.line(first + index).from));
  return Decoration.set(starts);
}

/** Tints the lines of the field that is edited beside the text; the tint moves with the text until it is set anew. */
export const editedLines: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lines, transaction) {
    for (const effect of transaction.effects) if (effect.is(mark)) return linesOf(transaction.newDoc, effect.value);
    return lines.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Tints these lines of the new text. */
export function tint(place: Place | null): StateEffect<Place | null> {
  return mark.of(place);
}

/** Only the editor's own box scrolls, never the page, and only when the lines are out of sight. */
export function scrollToEdited(view: EditorView, place: Place): void {
  if (place.from > view.state.doc.length) return;
  view.requestMeasure({
    read: () => {
      const { top, bottom } = view.lineBlockAt(place.from);
      const { scrollTop, clientHeight } = view.scrollDOM;
      const seen = top >= scrollTop && bottom <= scrollTop + clientHeight;
      return seen ? null : Math.max(0, top - clientHeight / 3);
    },
    write: (top) => {
      if (top !== null) view.scrollDOM.scrollTo({ top });
    },
  });
}
