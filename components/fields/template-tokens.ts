export type TokenKind = "text" | "delimiter" | "keyword" | "field" | "variable" | "string" | "number" | "comment";
export type Token = { kind: TokenKind; text: string };

/** Text outside of actions has no colour of its own. */
export const TOKEN_CLASSES: Record<Exclude<TokenKind, "text">, string> = {
  delimiter: "text-muted",
  keyword: "text-info",
  field: "text-accent",
  variable: "text-accent",
  string: "text-success",
  number: "text-info",
  comment: "text-muted italic",
};

// The words of Go's text/template and its constants; names of functions stay as they are.
const KEYWORDS =
  /^(?:if|else|end|range|with|define|block|template|break|continue|and|or|not|eq|ne|lt|le|gt|ge|true|false|nil)(?![\w.])/;
const INSIDE: readonly (readonly [TokenKind, RegExp])[] = [
  ["delimiter", /^(?:-(?=\}\}))?\}\}/],
  ["comment", /^\/\*[\s\S]*?(?:\*\/|$)/],
  ["string", /^"(?:\\.|[^"\\\n])*"?|^`[^`]*`?|^'(?:\\.|[^'\\\n])*'?/],
  ["keyword", KEYWORDS],
  ["variable", /^\$\w*(?:\.\w+)*/],
  ["field", /^\.\w+(?:\.\w+)*|^\.(?!\w)/],
  ["number", /^\d[\w.]*/],
  ["text", /^(?:[\w]+|\s+|[^\w\s])/],
];

/** The pieces of a Go template for colouring; together they are the text again. It judges nothing. */
export function templateTokens(source: string): Token[] {
  const tokens: Token[] = [];
  const push = (kind: TokenKind, text: string) => {
    const last = tokens.at(-1);
    if (last?.kind === kind && kind === "text") last.text += text;
    else tokens.push({ kind, text });
  };
  let rest = source;
  while (rest !== "") {
    const open = rest.indexOf("{{");
    if (open !== 0) push("text", open < 0 ? rest : rest.slice(0, open));
    if (open < 0) break;
    const [opening] = /^\{\{(?:-(?=\s))?/.exec(rest.slice(open)) ?? ["{{"];
    push("delimiter", opening);
    rest = inside(rest.slice(open + opening.length), push);
  }
  return tokens;
}

/** Reads one action; answers what comes behind it. */
function inside(source: string, push: (kind: TokenKind, text: string) => void): string {
  let rest = source;
  while (rest !== "") {
    const [kind, text] = next(rest);
    push(kind, text);
    rest = rest.slice(text.length);
    if (kind === "delimiter") break;
  }
  return rest;
}

function next(rest: string): readonly [TokenKind, string] {
  for (const [kind, pattern] of INSIDE) {
    const text = pattern.exec(rest)?.[0];
    if (text) return [kind, text];
  }
  return ["text", rest.slice(0, 1)];
}
