export type YamlToken = { from: number; to: number; kind: "key" | "comment" | "constant" | "punctuation" };

const HEADER = /(?:^|[\s:-])[|>][-+\d]*\s*(?:#.*)?$/;
const LEAD = /^(\s*)((?:-(?:\s+|$))*)/;
const KEY = /^(?:"(?:\\.|[^"\\])*"|'(?:''|[^'])*'|[^\s#"'[{&*!|>,][^#:]*?(?::\S[^#:]*?)*)(?=\s*:(?:\s|$))/;
const PIECES =
  /(?<quoted>"(?:\\.|[^"\\])*"?|'(?:''|[^'])*'?)|(?<comment>(?<=^|\s)#.*$)|(?<punctuation>[[\]{},])|(?<plain>[^\s,[\]{}"']+)|\s+/g;
const CONSTANT = /^(?:[-+]?\d[\d_.]*(?:e[-+]?\d+)?|true|false|yes|no|on|off|null|~)$/i;

/** Whether the lines below this one may be the text of a block scalar. */
export function opensBlock(line: string): boolean {
  return HEADER.test(line) && !/^\s*#/.test(line);
}

export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** The pieces of one line that have a colour. It reads a line by itself, so its cost is that of what is in sight. */
export function yamlTokens(line: string): YamlToken[] {
  const tokens: YamlToken[] = [];
  const [lead = "", indent = "", dashes = ""] = LEAD.exec(line) ?? [];
  if (dashes !== "") tokens.push({ from: indent.length, to: lead.trimEnd().length, kind: "punctuation" });
  let at = lead.length;
  const key = KEY.exec(line.slice(at))?.[0];
  if (key) {
    tokens.push({ from: at, to: at + key.length, kind: "key" });
    at = line.indexOf(":", at + key.length);
    tokens.push({ from: at, to: at + 1, kind: "punctuation" });
    at += 1;
  }
  for (const match of line.slice(at).matchAll(PIECES)) {
    const kind = kindOf(match);
    if (kind) tokens.push({ from: at + match.index, to: at + match.index + match[0].length, kind });
  }
  return tokens;
}

function kindOf({ groups = {} }: RegExpExecArray): YamlToken["kind"] | null {
  if (groups.comment !== undefined) return "comment";
  if (groups.punctuation !== undefined) return "punctuation";
  return groups.plain !== undefined && CONSTANT.test(groups.plain) ? "constant" : null;
}
