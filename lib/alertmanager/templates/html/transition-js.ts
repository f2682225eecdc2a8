import type { Bytes } from "../../go/bytes";
import { quoteBytes } from "../../go/quote-bytes";
import { type Context, failed, type JsContext, type State } from "./context";
import type { Transition } from "./transition";

const BEFORE_REGEXP = /^(?:break|case|continue|delete|do|else|finally|in|instanceof|return|throw|try|typeof|void)$/;

/** What Go takes for blanks; before 1.19.9 it knew fewer. */
const SPACE =
  /(?:[\t\n\v\f\r ]|\xc2\xa0|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80|\xef\xbb\xbf)+$/;
const OLD_SPACE = /(?:[\t\n\f\r ]|\xe2\x80[\xa8\xa9])+$/;

/** Whether a slash after this text begins a regular expression or divides. */
function nextJsContext(text: Bytes, preceding: JsContext, go: number): JsContext {
  const trimmed = text.replace(go >= 20 ? SPACE : OLD_SPACE, "");
  const last = trimmed.at(-1);
  if (last === undefined) return preceding;
  if (last === "+" || last === "-") {
    let start = trimmed.length - 1;
    while (start > 0 && trimmed[start - 1] === last) start--;
    return (trimmed.length - start) % 2 === 1 ? "Regexp" : "DivOp";
  }
  if (last === ".") return /[0-9]/.test(trimmed.at(-2) ?? "") ? "DivOp" : "Regexp";
  if (",<>=*%&|^?!~([:;{}".includes(last)) return "Regexp";
  return BEFORE_REGEXP.test(/[$0-9A-Za-z_]*$/.exec(trimmed)![0]) ? "Regexp" : "DivOp";
}

export function transitionJs(context: Context, text: Bytes, go: number): Transition {
  const at = text.search(go >= 23 ? /["`'/{}<\-#]/ : go >= 21 ? /["`'/<\-#]/ : /["`'/]/);
  if (at < 0) return [{ ...context, jsCtx: nextJsContext(text, context.jsCtx, go) }, text.length];
  const here: Context = { ...context, jsCtx: nextJsContext(text.slice(0, at), context.jsCtx, go) };
  switch (text[at]) {
    case '"':
      return [{ ...here, state: "JSDqStr", jsCtx: "Regexp" }, at + 1];
    case "'":
      return [{ ...here, state: "JSSqStr", jsCtx: "Regexp" }, at + 1];
    case "`":
      return [{ ...here, state: "JSTmplLit", jsCtx: "Regexp" }, at + 1];
    case "/":
      return slash(here, text, at);
    case "<":
      return text.startsWith("<!--", at) ? [{ ...here, state: "JSHTMLOpenCmt" }, at + 4] : [here, at + 1];
    case "-":
      return text.startsWith("-->", at) ? [{ ...here, state: "JSHTMLCloseCmt" }, at + 3] : [here, at + 1];
    case "#":
      return text[at + 1] === "!" ? [{ ...here, state: "JSLineCmt" }, at + 2] : [here, at + 1];
    default:
      return brace(here, text[at] === "{" ? 1 : -1, at);
  }
}

function slash(context: Context, text: Bytes, at: number): Transition {
  if (text[at + 1] === "/") return [{ ...context, state: "JSLineCmt" }, at + 2];
  if (text[at + 1] === "*") return [{ ...context, state: "JSBlockCmt" }, at + 2];
  if (context.jsCtx === "Regexp") return [{ ...context, state: "JSRegexp" }, at + 1];
  if (context.jsCtx === "DivOp") return [{ ...context, jsCtx: "Regexp" }, at + 1];
  return [failed(`'/' could start a division or regexp: ${quoteBytes(text.slice(at, at + 32))}`), text.length];
}

/** Braces count inside of `${…}` only, whose end leads back into the template literal. */
function brace(context: Context, step: number, at: number): Transition {
  const depths = context.jsBraceDepth;
  if (depths.length === 0) return [context, at + 1];
  const depth = depths.at(-1)! + step;
  if (depth >= 0) return [{ ...context, jsBraceDepth: [...depths.slice(0, -1), depth] }, at + 1];
  return [{ ...context, jsBraceDepth: depths.slice(0, -1), state: "JSTmplLit" }, at + 1];
}

function unfinished(text: Bytes): Transition {
  return [failed(`unfinished escape sequence in JS string: ${quoteBytes(text)}`), text.length];
}

export function transitionJsTemplate(context: Context, text: Bytes): Transition {
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "\\") {
      if (++at === text.length) return unfinished(text);
    } else if (char === "`") return [{ ...context, state: "JS" }, at + 1];
    else if (char === "$" && text[at + 1] === "{") {
      return [{ ...context, state: "JS", jsBraceDepth: [...context.jsBraceDepth, 0] }, at + 2];
    }
  }
  return [context, text.length];
}

const DELIMITERS: Partial<Record<State, string>> = { JSRegexp: "/", JSSqStr: "'", JSDqStr: '"', JSTmplLit: "`" };

export function transitionJsDelimited(context: Context, text: Bytes, go: number): Transition {
  const isRegexp = context.state === "JSRegexp";
  const end = DELIMITERS[context.state];
  let inSet = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "\\") {
      if (++at === text.length) return unfinished(text);
    } else if (isRegexp && char === "[") inSet = true;
    else if (isRegexp && char === "]") inSet = false;
    else if (isRegexp && go >= 21 && char === "/" && /^<\/script$/i.test(text.slice(Math.max(at - 1, 0), at + 7))) at++;
    else if (char === end && !inSet) return [{ ...context, state: "JS", jsCtx: "DivOp" }, at + 1];
  }
  if (inSet) return [failed(`unfinished JS regexp charset: ${quoteBytes(text)}`), text.length];
  return [context, text.length];
}
