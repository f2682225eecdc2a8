import type { Diagnostic } from "../validation/diagnostic";
import type { Source } from "./source";

/** What yaml.v2 says where our parser says this; only texts that were seen to agree. */
const UPSTREAM: readonly [RegExp, string, { line: boolean }][] = [
  [
    /^Nested mappings are not allowed|^Implicit keys need to be on a single line/,
    "mapping values are not allowed in this context",
    { line: true },
  ],
  [
    /^A block sequence may not be used as an implicit map key|^Block collections are not allowed/,
    "block sequence entries are not allowed in this context",
    { line: true },
  ],
  [/^Implicit map keys need to be followed by map values/, "could not find expected ':'", { line: true }],
  [/^All mapping items must start at the same column/, "did not find expected key", { line: true }],
  [/^All sequence items must start at the same column/, "did not find expected '-' indicator", { line: true }],
  [
    /^Plain value cannot start with reserved character|^Tabs are not allowed as indentation/,
    "found character that cannot start any token",
    { line: false },
  ],
  [/^unknown anchor|^anchor '|^exceeded max depth/, "", { line: false }],
];

export function syntaxProblem(source: Source): Diagnostic {
  const { reason, offset, end } = source.problem ?? { reason: "", offset: 0, end: 0 };
  const short = (reason.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
  const known = UPSTREAM.find(([pattern]) => pattern.test(short));
  const where = known?.[2].line && source.line(offset) > 1 ? `line ${source.line(offset)}: ` : "";
  return {
    code: "yaml_syntax",
    severity: "error",
    path: [],
    params: { reason: short },
    message: `This is not valid YAML: ${short}`,
    ...(known ? { upstream: `yaml: ${where}${known[1] || short}` } : {}),
    range: source.range(offset, end),
    stage: "load",
  };
}
