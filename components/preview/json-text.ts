export type JsonToken = { kind: "key" | "string" | "number" | "word" | "mark"; text: string };

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|\w+|[{}[\]:,]|[^\s"\w{}[\]:,]+/gs;

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * The tokens of a JSON text, spread over lines; null when it is none. Nothing is read into values: every name, number and
 * escape stays as it is sent.
 */
export function indentJson(text: string): JsonToken[] | null {
  if (!isJson(text)) return null;
  const found = text.match(TOKEN) ?? [];
  const tokens: JsonToken[] = [];
  let depth = 0;
  const space = (mark: string) => tokens.push({ kind: "mark", text: mark });
  const line = () => space(`\n${"  ".repeat(depth)}`);
  for (const [index, token] of found.entries()) {
    const next = found[index + 1];
    if (token === "{" || token === "[") {
      space(token);
      if (next === "}" || next === "]") continue;
      depth += 1;
      line();
    } else if (token === "}" || token === "]") {
      const before = found[index - 1];
      if (before !== "{" && before !== "[") {
        depth -= 1;
        line();
      }
      space(token);
    } else if (token === ",") {
      space(token);
      line();
    } else if (token === ":") space(": ");
    else tokens.push({ kind: kindOf(token, next), text: token });
  }
  return joined(tokens);
}

function kindOf(token: string, next: string | undefined): JsonToken["kind"] {
  if (token.startsWith('"')) return next === ":" ? "key" : "string";
  return /^[-\d]/.test(token) ? "number" : "word";
}

/** Marks next to each other are one. */
function joined(tokens: readonly JsonToken[]): JsonToken[] {
  const list: JsonToken[] = [];
  for (const token of tokens) {
    const last = list.at(-1);
    if (last?.kind === "mark" && token.kind === "mark")
      list[list.length - 1] = { kind: "mark", text: last.text + token.text };
    else list.push(token);
  }
  return list;
}
