import type { Bytes } from "../../go/bytes";
import { NEWEST_GO } from "../go-release";
import { type Context, contextWith, type State, TEXT_CONTEXT } from "./context";
import { transition } from "./transition";

const IN_TAG = new Set<State>(["Tag", "AttrName", "AfterName", "BeforeValue", "Attr"]);
const ENDS = { None: /(?!)/, DoubleQuote: /"/, SingleQuote: /'/, SpaceOrTagEnd: /[ \t\n\f\r>]/ } as const;

/** The text of a piece of HTML without its tags and comments. */
export function stripTags(html: Bytes): Bytes {
  let text = "";
  let context: Context = TEXT_CONTEXT;
  let onlyText = true;
  let at = 0;
  while (at < html.length) {
    if (context.delim === "None") {
      const plain = context.element === "None" || IN_TAG.has(context.state);
      const state = plain ? context.state : "RCDATA";
      const [next, read] = transition(state, context, html.slice(at), NEWEST_GO);
      if (context.state === "Text" || context.state === "RCDATA") {
        const piece = html.slice(at, at + read);
        const open = next.state === context.state ? -1 : piece.lastIndexOf("<");
        text += open < 0 ? piece : piece.slice(0, open);
      } else onlyText = false;
      if (read === 0 && next === context) break;
      context = next;
      at += read;
      continue;
    }
    const end = html.slice(at).search(ENDS[context.delim]);
    if (end < 0) break;
    at += context.delim === "SpaceOrTagEnd" ? end : end + 1;
    context = contextWith({ state: "Tag", element: context.element });
  }
  if (onlyText) return html;
  return context.state === "Text" || context.state === "RCDATA" ? text + html.slice(at) : text;
}
