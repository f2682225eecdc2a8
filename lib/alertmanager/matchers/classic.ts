import { trimGo } from "./lexer";
import { type Matcher, type MatcherOperator, newMatcher, type Parsed } from "./matcher";

const FORMAT = /^[\t\n\f\r ]*([a-zA-Z_:][a-zA-Z0-9_:]*)[\t\n\f\r ]*(=~|=|!=|!~)[\t\n\f\r ]*([\s\S]*?)[\t\n\f\r ]*$/;

/** The syntax of Alertmanager before 0.27 (`pkg/labels`). */
export function parseClassic(input: string): Parsed {
  const matchers: Matcher[] = [];
  for (const token of tokens(input)) {
    const matcher = parseToken(token);
    if ("error" in matcher) return { ok: false, error: matcher.error };
    matchers.push(matcher);
  }
  return { ok: true, matchers };
}

function tokens(input: string): string[] {
  const text = input.replace(/^\{/, "").replace(/\}$/, "");
  const found: string[] = [];
  let token = "";
  let quoted = false;
  let escaped = false;
  for (const char of text) {
    if (char === "," && !quoted) {
      found.push(token);
      token = "";
      continue;
    }
    if (char === '"') {
      if (escaped) escaped = false;
      else quoted = !quoted;
    } else if (char === "\\") escaped = !escaped;
    else if (char !== ",") escaped = false;
    token += char;
  }
  const last = trimGo(token);
  if (last !== "") found.push(last);
  return found;
}

function parseToken(token: string): Matcher | { error: string } {
  const [, name, op, raw] = FORMAT.exec(token) ?? [];
  if (name === undefined || raw === undefined) return { error: `bad matcher format: ${token}` };
  const unescaped = { error: `matcher value contains unescaped double quote: ${raw}` };
  let trailing = raw.startsWith('"');
  const text = trailing ? raw.slice(1) : raw;
  let value = "";
  for (let index = 0; index < text.length; index++) {
    const char = text[index]!;
    if (char === "\\" && index < text.length - 1) {
      const next = text[++index]!;
      if (next === "n") value += "\n";
      else value += next === '"' || next === "\\" ? next : `\\${next}`;
    } else if (char === '"') {
      if (!trailing || index < text.length - 1) return unescaped;
      trailing = false;
    } else value += char;
  }
  return trailing ? unescaped : newMatcher(name, op as MatcherOperator, value);
}
