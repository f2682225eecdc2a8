/** What a piece of an action is to an editor. */
export type LanguageTokenKind =
  | "keyword"
  | "identifier"
  | "field"
  | "dot"
  | "variable"
  | "string"
  | "rawString"
  | "number"
  | "constant"
  | "declare"
  | "assign"
  | "pipe"
  | "comma"
  | "leftParen"
  | "rightParen"
  | "unknown";

/** Offsets are in UTF-16 units, `to` exclusive. */
export interface LanguageToken {
  kind: LanguageTokenKind;
  from: number;
  to: number;
  text: string;
}

/** One `{{ … }}`; `inner` and `end` are where its content begins and ends, comments have no tokens. */
export interface LanguageAction {
  from: number;
  to: number;
  inner: number;
  end: number;
  closed: boolean;
  comment: boolean;
  tokens: LanguageToken[];
}

export const TEMPLATE_KEYWORDS = [
  ...["if", "else", "end", "range", "with", "define", "block", "template", "break", "continue"],
] as const;
const WORDS = new Set<string>(TEMPLATE_KEYWORDS);

const WORD = "[\\p{L}\\p{Nd}_]";
const sticky = (pattern: string) => new RegExp(pattern, "uy");
const SPACE = sticky("[ \\t\\r\\n]+");
const CLOSE = sticky("-?\\}\\}");
// A text without an end ends where its line or the action seems to.
const PIECES: readonly (readonly [LanguageTokenKind, RegExp])[] = [
  ["string", sticky('"(?:\\\\.|[^"\\\\\\n])*"')],
  ["string", sticky('"(?:(?![ \\t]*-?\\}\\})[^"\\n])*')],
  ["rawString", sticky("`[^`]*`")],
  ["rawString", sticky("`(?:(?![ \\t]*-?\\}\\})[^`\\n])*")],
  ["constant", sticky("'(?:\\\\.|[^'\\\\\\n])*'")],
  ["variable", sticky(`\\$${WORD}*`)],
  ["number", sticky("[+-]?(?:\\d|\\.\\d)[\\w.]*(?:(?<=[eEpP])[+-]\\d+)?")],
  ["field", sticky(`\\.${WORD}+`)],
  ["dot", sticky("\\.")],
  ["identifier", sticky(`${WORD}+`)],
  ["declare", sticky(":=")],
  ["assign", sticky("=")],
  ["pipe", sticky("\\|")],
  ["comma", sticky(",")],
  ["leftParen", sticky("\\(")],
  ["rightParen", sticky("\\)")],
  ["unknown", sticky("[^]")],
];

/**
 * The actions of a template text, also of one that does not parse: what an editor knows while somebody types. On a text that
 * parses, the tokens are those of the parser. Never throws.
 */
export function scanActions(text: string): LanguageAction[] {
  const actions: LanguageAction[] = [];
  for (let at = text.indexOf("{{"); at >= 0; at = text.indexOf("{{", at)) {
    const action = readAction(text, at);
    actions.push(action);
    at = action.to;
  }
  return actions;
}

function readAction(text: string, from: number): LanguageAction {
  const inner = from + (/^-[ \t\r\n]/.test(text.slice(from + 2, from + 4)) ? 4 : 2);
  if (text.startsWith("/*", inner)) return readComment(text, from, inner);
  const tokens: LanguageToken[] = [];
  let at = inner;
  while (at < text.length) {
    at += lengthAt(SPACE, text, at);
    const close = lengthAt(CLOSE, text, at);
    if (close > 0) return { from, to: at + close, inner, end: at, closed: true, comment: false, tokens };
    // Nothing that an action may hold: the one before was left open.
    if (at >= text.length || text.startsWith("{{", at)) break;
    const token = readToken(text, at);
    tokens.push(token);
    at = token.to;
  }
  return { from, to: at, inner, end: at, closed: false, comment: false, tokens };
}

function readComment(text: string, from: number, inner: number): LanguageAction {
  const star = text.indexOf("*/", inner + 2);
  const end = star < 0 ? text.length : star + 2;
  const after = end + lengthAt(SPACE, text, end);
  const close = lengthAt(CLOSE, text, after);
  const to = close > 0 ? after + close : end;
  return { from, to, inner, end, closed: close > 0, comment: true, tokens: [] };
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function readToken(text: string, from: number): LanguageToken {
  for (const [kind, pattern] of PIECES) {
    const length = lengthAt(pattern, text, from);
    if (length === 0) continue;
    const piece = text.slice(from, from + length);
    return { kind: kind === "identifier" ? wordKind(piece) : kind, from, to: from + length, text: piece };
  }
  return { kind: "unknown", from, to: from + 1, text: text.slice(from, from + 1) };
}

function wordKind(word: string): LanguageTokenKind {
  if (WORDS.has(word)) return "keyword";
  return word === "true" || word === "false" || word === "nil" ? "constant" : "identifier";
}
