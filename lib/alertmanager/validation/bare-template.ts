import { goQuote } from "../go/quote";

const WORDS = new Set(
  "if else end range with template block define break continue and or not eq ne lt le gt ge index slice len print printf println html js urlquery call true false nil".split(
    " ",
  ),
);
const OPENERS = /^(if|range|with|block|define)\b/;

/** What Go says of a template that may use no functions but its built-in ones; null when nothing is found. */
export function bareTemplateProblem(text: string): string | null {
  let depth = 0;
  for (const [index, part] of text.split("{{").entries()) {
    if (index === 0) continue;
    const end = part.indexOf("}}");
    if (end < 0) return "unclosed action";
    const action = part
      .slice(0, end)
      .replace(/^-\s|\s-$/g, "")
      .trim();
    if (action.startsWith("/*")) continue;
    const bare = action.replace(/"(\\.|[^"\\])*"|`[^`]*`|'(\\.|[^'\\])*'/g, " ");
    for (const [name] of bare.matchAll(/(?<![.$\w])[A-Za-z_]\w*/g)) {
      if (!WORDS.has(name)) return `function ${goQuote(name)} not defined`;
    }
    if (OPENERS.test(action)) depth++;
    if (/^end\b/.test(action)) depth--;
    if (depth < 0) return "unexpected {{end}}";
  }
  return depth > 0 ? "unexpected EOF" : null;
}
