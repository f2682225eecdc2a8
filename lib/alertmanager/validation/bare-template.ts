import { goQuote } from "../go/quote";
import type { TargetProfile } from "../profiles/profiles";

const words = (text: string) => text.split(" ");
const KEYWORDS = words("if else end range with template block define break continue nil true false");
const BUILT_IN = words("and or not eq ne lt le gt ge index slice len print printf println html js urlquery call");
const OPENERS = /^(if|range|with|block|define)\b/;

/** Functions of template files, with the version that brought them. */
const FUNCTIONS: readonly [since: string | undefined, names: string[]][] = [
  [undefined, words("toUpper toLower title join match safeHtml reReplaceAll stringSlice")],
  ["0.26", ["trimSpace"]],
  ["0.28", words("date tz since humanizeDuration")],
  ["0.30", words("toJson safeUrl urlUnescape")],
  ["0.32", words("list dict append")],
  ["0.33", ["now"]],
  ["0.34", words("toDate mustToDate base64encode base64decode routeLabels")],
];

export interface TemplateProblem {
  line: number;
  reason: string;
}

const BARE = new Set([...KEYWORDS, ...BUILT_IN]);

/** What Go says of a template that may use no functions but its built-in ones; null when nothing is found. */
export function bareTemplateProblem(text: string): string | null {
  return problemOf(text, BARE)?.reason ?? null;
}

/** The same for a template file of a target. */
export function templateProblem(text: string, profile: TargetProfile): TemplateProblem | null {
  const known = FUNCTIONS.flatMap(([since, names]) => (profile.reaches(since) ? names : []));
  return problemOf(text, new Set([...BARE, ...known, ...(profile.shared?.templateFunctions ?? [])]));
}

function problemOf(text: string, known: ReadonlySet<string>): TemplateProblem | null {
  const open: string[] = [];
  let at = 0;
  const problem = (reason: string): TemplateProblem => ({ line: text.slice(0, at).split("\n").length, reason });
  for (let start = text.indexOf("{{"); start >= 0; start = text.indexOf("{{", at)) {
    at = start;
    const end = endOfAction(text, start + 2);
    if (end === null) return problem("unclosed action");
    at = end;
    const action = text
      .slice(start + 2, end - 2)
      .replace(/^-\s|\s-$/g, "")
      .trim();
    if (action.startsWith("/*")) continue;
    const bare = action.replace(/"(\\.|[^"\\])*"|`[^`]*`|'(\\.|[^'\\])*'/g, " ");
    for (const [name] of bare.matchAll(/(?<![.$\w])[A-Za-z_]\w*/g)) {
      if (!known.has(name)) return problem(`function ${goQuote(name)} not defined`);
    }
    const opener = OPENERS.exec(action)?.[1];
    if (opener) open.push(opener);
    const jump = /^(break|continue)\b/.exec(action)?.[1];
    if (jump && !open.includes("range")) return problem(`{{${jump}}} outside {{range}}`);
    if (/^end\b/.test(action) && open.pop() === undefined) return problem("unexpected {{end}}");
  }
  at = text.length;
  return open.length > 0 ? problem("unexpected EOF") : null;
}

/** Behind the `}}` that closes the action; quoted text may hold braces. */
function endOfAction(text: string, start: number): number | null {
  if (/^(?:-\s+)?\/\*/.test(text.slice(start, start + 20))) {
    const end = /\*\/(?:\s+-)?\}\}/.exec(text.slice(start));
    return end ? start + end.index + end[0].length : null;
  }
  const pattern = /"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'|\}\}/g;
  pattern.lastIndex = start;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match[0] === "}}") return pattern.lastIndex;
  }
  return null;
}
