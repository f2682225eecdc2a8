import type { Bytes } from "../../go/bytes";
import { type Context, isComment, isInScriptLiteral } from "./context";
import { contextAfterText } from "./transition";

/** Follows the context through a text, and takes out its comments and stray `<`; null when the text stays. */
export function escapeText(start: Context, text: Bytes, go: number): { context: Context; replaced: Bytes | null } {
  let context = start;
  let written = 0;
  let output = "";
  for (let at = 0; at !== text.length; ) {
    const [next, read] = contextAfterText(context, text.slice(at), go);
    const end = at + read;
    if (context.state === "Text" || context.state === "RCDATA") {
      const tag = next.state === context.state ? -1 : text.slice(at, end).lastIndexOf("<");
      const plainEnd = tag < 0 ? end : at + tag;
      for (let index = text.indexOf("<", at); index >= 0 && index < plainEnd; index = text.indexOf("<", index + 1)) {
        if (/^<!doctype/i.test(text.slice(index, index + 9))) continue;
        output += `${text.slice(written, index)}&lt;`;
        written = index + 1;
      }
    } else if (isComment(context.state) && context.delim === "None") {
      if (context.state === "JSBlockCmt") {
        output += /[\n\r]|\xe2\x80[\xa8\xa9]/.test(text.slice(written, end)) ? "\n" : " ";
      } else if (context.state === "CSSBlockCmt") output += " ";
      written = end;
    }
    if (context.state !== next.state && isComment(next.state) && next.delim === "None") {
      output += text.slice(written, end - commentMark(next));
      written = end;
    }
    const piece = text.slice(at, end);
    if (go >= 21 && isInScriptLiteral(context.state) && SCRIPT_TAG.test(piece)) {
      output += text.slice(written, at) + piece.replace(SCRIPT_TAGS, "\\x3C$1");
      written = end;
    }
    context = next;
    at = end;
  }
  if (written === 0 || context.state === "Error") return { context, replaced: null };
  const dropsRest = isComment(context.state) && context.delim === "None";
  return { context, replaced: dropsRest ? output : output + text.slice(written) };
}

const SCRIPT_TAG = /<(?:script|\/script|!--)/i;
const SCRIPT_TAGS = /<(script|\/script|!--)/gi;

/** How long the mark is that begins the comment. */
function commentMark({ state }: Context): number {
  if (state === "HTMLCmt" || state === "JSHTMLOpenCmt") return 4;
  return state === "JSHTMLCloseCmt" ? 3 : 2;
}
