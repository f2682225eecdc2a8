import type { Bytes } from "../../go/bytes";
import { quoteBytes } from "../../go/quote-bytes";
import { attributeContent, isJsType, unescapeHtml } from "./attributes";
import {
  ATTRIBUTE_START,
  type AttributeKind,
  type Context,
  contextWith,
  type ElementKind,
  failed,
  isComment,
  isInScriptLiteral,
  type State,
  TEXT_CONTEXT,
} from "./context";
import { decodeCss, endsWithUrlKeyword } from "./css";
import { transitionJs, transitionJsDelimited, transitionJsTemplate } from "./transition-js";

/** The context after some bytes of text, and how many of them were read. */
export type Transition = readonly [context: Context, read: number];

const WHITESPACE = /[ \t\n\f\r]/;
const ELEMENTS: Record<string, ElementKind> = {
  ...{ script: "Script", style: "Style", textarea: "Textarea", title: "Title" },
};
const CONTENT: Record<ElementKind, State> = {
  ...({ None: "Text", Script: "JS", Style: "CSS", Textarea: "RCDATA", Title: "RCDATA", Meta: "Text" } as const),
};
const DELIMITER_ENDS = { None: /(?!)/, DoubleQuote: /"/, SingleQuote: /'/, SpaceOrTagEnd: /[ \t\n\f\r>]/ } as const;

/** Reads a piece of text in a context, as html/template's `contextAfterText`. */
export function contextAfterText(context: Context, text: Bytes, go: number): Transition {
  if (context.delim === "None") {
    const [after, end] = specialTagEnd(context, text, go);
    return end === 0 ? [after, 0] : transition(context.state, context, text.slice(0, end), go);
  }
  const found = text.search(DELIMITER_ENDS[context.delim]);
  const end = found < 0 ? text.length : found;
  if (context.delim === "SpaceOrTagEnd") {
    const bad = /["'<=`]/.exec(text.slice(0, end));
    if (bad) return [failed(`${quoteBytes(bad[0])} in unquoted attr: ${quoteBytes(text.slice(0, end))}`), text.length];
  }
  if (end === text.length) {
    let inside = context;
    for (let rest = unescapeHtml(text); rest !== ""; ) {
      const [next, read] = transition(inside.state, inside, rest, go);
      inside = next;
      rest = rest.slice(read);
    }
    return [inside, text.length];
  }
  const foreign =
    context.state === "Attr" &&
    context.element === "Script" &&
    context.attr === "ScriptType" &&
    !isJsType(text.slice(0, end));
  const element = foreign ? "None" : context.element;
  return [contextWith({ state: "Tag", element }), context.delim === "SpaceOrTagEnd" ? end : end + 1];
}

/** One step of the state machine. */
export function transition(state: State, context: Context, text: Bytes, go: number): Transition {
  switch (state) {
    case "Text":
      return inText(context, text, go);
    case "Tag":
      return inTag(context, text);
    case "AttrName": {
      const [end, problem] = attributeName(text, 0);
      if (problem) return [problem, text.length];
      return [end === text.length ? context : { ...context, state: "AfterName" }, end];
    }
    case "AfterName": {
      const at = skipWhitespace(text, 0);
      if (at === text.length) return [context, at];
      return text[at] === "=" ? [{ ...context, state: "BeforeValue" }, at + 1] : [{ ...context, state: "Tag" }, at];
    }
    case "BeforeValue":
      return beforeValue(context, text);
    case "HTMLCmt": {
      const end = text.indexOf("-->");
      return end < 0 ? [context, text.length] : [TEXT_CONTEXT, end + 3];
    }
    case "RCDATA":
      return specialTagEnd(context, text, go);
    case "URL":
      return [inUrl(context, text), text.length];
    case "JS":
      return transitionJs(context, text, go);
    case "JSDqStr":
    case "JSSqStr":
    case "JSRegexp":
      return transitionJsDelimited(context, text, go);
    case "JSTmplLit":
      return go < 23 ? transitionJsDelimited(context, text, go) : transitionJsTemplate(context, text);
    case "JSBlockCmt":
    case "CSSBlockCmt": {
      const end = text.indexOf("*/");
      return end < 0 ? [context, text.length] : [{ ...context, state: state === "JSBlockCmt" ? "JS" : "CSS" }, end + 2];
    }
    case "JSLineCmt":
    case "JSHTMLOpenCmt":
    case "JSHTMLCloseCmt":
      return lineComment(context, text, /[\n\r]|\xe2\x80[\xa8\xa9]/, "JS");
    case "CSSLineCmt":
      return lineComment(context, text, /[\n\f\r]/, "CSS");
    case "CSS":
      return inCss(context, text);
    case "CSSDqStr":
    case "CSSSqStr":
    case "CSSDqURL":
    case "CSSSqURL":
    case "CSSURL":
      return inCssString(context, text);
    case "MetaContent": {
      const url = /[uU][rR][lL][ \t\n\f\r]*=/.exec(text);
      return url ? [{ ...context, state: "MetaContentURL" }, url.index + url[0].length] : [context, text.length];
    }
    case "MetaContentURL": {
      const end = text.indexOf(";");
      return end < 0 ? [context, text.length] : [{ ...context, state: "MetaContent" }, end + 1];
    }
    default:
      return [context, text.length];
  }
}

function skipWhitespace(text: Bytes, from: number): number {
  let at = from;
  while (at < text.length && WHITESPACE.test(text[at]!)) at++;
  return at;
}

function inText(context: Context, text: Bytes, go: number): Transition {
  for (let from = 0; ; ) {
    const open = text.indexOf("<", from);
    if (open < 0 || open + 1 === text.length) return [context, text.length];
    if (text.startsWith("<!--", open)) return [contextWith({ state: "HTMLCmt" }), open + 4];
    const isEnd = text[open + 1] === "/";
    const start = open + (isEnd ? 2 : 1);
    if (start === text.length) return [context, text.length];
    const name = /^[A-Za-z](?:[A-Za-z0-9]|[:-](?=[A-Za-z0-9]))*/.exec(text.slice(start, start + 256))?.[0];
    if (name) {
      const lower = name.toLowerCase();
      const known = lower === "meta" && go >= 26 ? "Meta" : (ELEMENTS[lower] ?? "None");
      return [contextWith({ state: "Tag", element: isEnd ? "None" : known }), start + name.length];
    }
    from = start;
  }
}

/** The end tag that ends a script, style, textarea or title, if it comes in this text. */
function specialTagEnd(context: Context, text: Bytes, go: number): Transition {
  const { element, state } = context;
  if (element === "None") return [context, text.length];
  if (element === "Script" && go >= 21 && (isInScriptLiteral(state) || isComment(state))) return [context, text.length];
  const end = text.search(new RegExp(`</${element}[> \\t\\n\\f/]`, "i"));
  return end < 0 ? [context, text.length] : [TEXT_CONTEXT, end];
}

function inTag(context: Context, text: Bytes): Transition {
  const start = skipWhitespace(text, 0);
  if (start === text.length) return [context, start];
  const { element } = context;
  if (text[start] === ">") {
    // A meta element has no content to be in.
    return [contextWith({ state: CONTENT[element], element: element === "Meta" ? "None" : element }), start + 1];
  }
  const [end, problem] = attributeName(text, start);
  if (problem) return [problem, text.length];
  if (end === start) {
    const rest = quoteBytes(text.slice(start));
    return [failed(`expected space, attr name, or end of tag, but got ${rest}`), text.length];
  }
  const name = text.slice(start, end).toLowerCase();
  const state = end === text.length ? "AttrName" : "AfterName";
  return [contextWith({ state, element, attr: attributeKind(element, name) }), end];
}

function attributeKind(element: ElementKind, name: string): AttributeKind {
  if (element === "Script" && name === "type") return "ScriptType";
  if (element === "Meta" && name === "content") return "MetaContent";
  const kinds: Record<string, AttributeKind> = { url: "URL", css: "Style", js: "Script", srcset: "Srcset" };
  return kinds[attributeContent(name)] ?? "None";
}

function attributeName(text: Bytes, from: number): [end: number, problem: Context | null] {
  for (let at = from; at < text.length; at++) {
    const char = text[at]!;
    if (/[ \t\n\f\r=>]/.test(char)) return [at, null];
    if (/['"<]/.test(char)) {
      return [-1, failed(`${quoteBytes(char)} in attribute name: ${quoteBytes(text.slice(0, 32))}`)];
    }
  }
  return [text.length, null];
}

function beforeValue(context: Context, text: Bytes): Transition {
  const at = skipWhitespace(text, 0);
  if (at === text.length) return [context, at];
  const delim = text[at] === "'" ? "SingleQuote" : text[at] === '"' ? "DoubleQuote" : "SpaceOrTagEnd";
  const state = ATTRIBUTE_START[context.attr];
  return [{ ...context, state, delim }, delim === "SpaceOrTagEnd" ? at : at + 1];
}

function inUrl(context: Context, text: Bytes): Context {
  if (/[#?]/.test(text)) return { ...context, urlPart: "QueryOrFrag" };
  if (context.urlPart === "None" && skipWhitespace(text, 0) !== text.length) return { ...context, urlPart: "PreQuery" };
  return context;
}

function lineComment(context: Context, text: Bytes, ends: RegExp, state: State): Transition {
  const end = text.search(ends);
  return end < 0 ? [context, text.length] : [{ ...context, state }, end];
}

function inCss(context: Context, text: Bytes): Transition {
  for (let from = 0; ; ) {
    const found = text.slice(from).search(/[("'/]/);
    if (found < 0) return [context, text.length];
    const at = from + found;
    const char = text[at];
    if (char === '"') return [{ ...context, state: "CSSDqStr" }, at + 1];
    if (char === "'") return [{ ...context, state: "CSSSqStr" }, at + 1];
    if (char === "/" && text[at + 1] === "/") return [{ ...context, state: "CSSLineCmt" }, at + 2];
    if (char === "/" && text[at + 1] === "*") return [{ ...context, state: "CSSBlockCmt" }, at + 2];
    if (char === "(" && endsWithUrlKeyword(text.slice(0, at).replace(/[\t\n\f\r ]+$/, ""))) {
      const start = skipWhitespace(text, at + 1);
      if (text[start] === '"') return [{ ...context, state: "CSSDqURL" }, start + 1];
      if (text[start] === "'") return [{ ...context, state: "CSSSqURL" }, start + 1];
      return [{ ...context, state: "CSSURL" }, start];
    }
    from = at + 1;
  }
}

function inCssString(context: Context, text: Bytes): Transition {
  const ends = context.state === "CSSURL" ? /[\\\t\n\f\r )]/ : /Dq/.test(context.state) ? /[\\"]/ : /[\\']/;
  let inside = context;
  for (let from = 0; ; ) {
    const found = text.slice(from).search(ends);
    // The rest belongs to the string.
    if (found < 0) return [inUrl(inside, decodeCss(text.slice(from))), text.length];
    let at = from + found;
    if (text[at] !== "\\") return [{ ...inside, state: "CSS" }, at + 1];
    at++;
    if (at === text.length) return [failed(`unfinished escape sequence in CSS string: ${quoteBytes(text)}`), at];
    inside = inUrl(inside, decodeCss(text.slice(0, at + 1)));
    from = at + 1;
  }
}
