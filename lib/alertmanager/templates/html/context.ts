import type { Bytes } from "../../go/bytes";
import type { JumpNode, TemplateTreeNode, Tree } from "../nodes";

export type State =
  | "Text"
  | "Tag"
  | "AttrName"
  | "AfterName"
  | "BeforeValue"
  | "HTMLCmt"
  | "RCDATA"
  | "Attr"
  | "URL"
  | "Srcset"
  | "JS"
  | "JSDqStr"
  | "JSSqStr"
  | "JSTmplLit"
  | "JSRegexp"
  | "JSBlockCmt"
  | "JSLineCmt"
  | "JSHTMLOpenCmt"
  | "JSHTMLCloseCmt"
  | "CSS"
  | "CSSDqStr"
  | "CSSSqStr"
  | "CSSDqURL"
  | "CSSSqURL"
  | "CSSURL"
  | "CSSBlockCmt"
  | "CSSLineCmt"
  | "Error"
  | "MetaContent"
  | "MetaContentURL"
  | "Dead";
export type Delimiter = "None" | "DoubleQuote" | "SingleQuote" | "SpaceOrTagEnd";
export type UrlPart = "None" | "PreQuery" | "QueryOrFrag" | "Unknown";
export type JsContext = "Regexp" | "DivOp" | "Unknown";
export type ElementKind = "None" | "Script" | "Style" | "Textarea" | "Title" | "Meta";
export type AttributeKind = "None" | "Script" | "ScriptType" | "Style" | "URL" | "Srcset" | "MetaContent";

/**
 * A refusal of the escaper; Go tells its place by the node, else by line and name. Contexts behind it share the refusal, and
 * the loops that they leave add to its description.
 */
export interface EscapeProblem {
  description: Bytes;
  node: TemplateTreeNode | null;
  tree: Tree | null;
  line: number;
}

/** Where in an HTML document a point of a template stands; Go prints contexts in its errors, hence its names. */
export interface Context {
  readonly state: State;
  readonly delim: Delimiter;
  readonly urlPart: UrlPart;
  readonly jsCtx: JsContext;
  /** Open braces in each `${…}` that we are in. */
  readonly jsBraceDepth: readonly number[];
  readonly attr: AttributeKind;
  readonly element: ElementKind;
  readonly problem: EscapeProblem | null;
  /** The `break` or `continue` that left a loop here. */
  readonly jump: JumpNode | null;
}

export const TEXT_CONTEXT: Context = {
  ...({ state: "Text", delim: "None", urlPart: "None", jsCtx: "Regexp" } as const),
  ...({ jsBraceDepth: [], attr: "None", element: "None", problem: null, jump: null } as const),
};

export function contextWith(changes: Partial<Context>): Context {
  return { ...TEXT_CONTEXT, ...changes };
}

export function failed(
  description: Bytes,
  place: { node: TemplateTreeNode | null; tree: Tree | null; line?: number } = { node: null, tree: null },
): Context {
  return contextWith({ state: "Error", problem: { description, line: 0, ...place } });
}

export function sameContext(left: Context, right: Context): boolean {
  return (
    left.state === right.state &&
    left.delim === right.delim &&
    left.urlPart === right.urlPart &&
    left.jsCtx === right.jsCtx &&
    left.jsBraceDepth.join() === right.jsBraceDepth.join() &&
    left.attr === right.attr &&
    left.element === right.element &&
    left.problem === right.problem
  );
}

/** Go's `%v` of a context; Go 1.26 also shows the depth of braces. */
export function printContext(context: Context, go: number): string {
  const braces = go >= 26 ? ` [${context.jsBraceDepth.join(" ")}]` : "";
  const { delim, urlPart, jsCtx, attr, element } = context;
  const state = context.state === "JSTmplLit" && go < 23 ? "JSBqStr" : context.state;
  return `{state${state} delim${delim} urlPart${urlPart} jsCtx${jsCtx}${braces} attr${attr} element${element} <nil>}`;
}

/** The name of a template as it is called in a context: called in text it keeps its own. */
export function mangle(context: Context, name: Bytes): Bytes {
  if (context.state === "Text") return name;
  let mangled = `${name}$htmltemplate_state${context.state}`;
  if (context.delim !== "None") mangled += `_delim${context.delim}`;
  if (context.urlPart !== "None") mangled += `_urlPart${context.urlPart}`;
  if (context.jsCtx !== "Regexp") mangled += `_jsCtx${context.jsCtx}`;
  if (context.jsBraceDepth.length > 0) mangled += `_jsBraceDepth([${context.jsBraceDepth.join(" ")}])`;
  if (context.attr !== "None") mangled += `_attr${context.attr}`;
  if (context.element !== "None") mangled += `_element${context.element}`;
  return mangled;
}

export function isComment(state: State): boolean {
  return state.endsWith("Cmt");
}

export function isInScriptLiteral(state: State): boolean {
  return state === "JSDqStr" || state === "JSSqStr" || state === "JSTmplLit" || state === "JSRegexp";
}

export const ATTRIBUTE_START: Record<AttributeKind, State> = {
  None: "Attr",
  Script: "JS",
  ScriptType: "Attr",
  Style: "CSS",
  URL: "URL",
  Srcset: "Srcset",
  MetaContent: "MetaContent",
};

/** The context that an action between two tokens of a tag takes. */
export function nudge(context: Context): Context {
  switch (context.state) {
    case "Tag":
      return { ...context, state: "AttrName" };
    case "BeforeValue":
      return { ...context, state: ATTRIBUTE_START[context.attr], delim: "SpaceOrTagEnd", attr: "None" };
    case "AfterName":
      return { ...context, state: "AttrName", attr: "None" };
    default:
      return context;
  }
}
