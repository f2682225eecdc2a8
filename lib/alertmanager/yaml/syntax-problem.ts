import type { Diagnostic } from "../validation/diagnostic";
import type { Source } from "./source";

/** What yaml.v2 says where our parser says this, and by how many lines its place differs; `null`: it names no line. */
const UPSTREAM: readonly [reason: RegExp, says: string, shift: number | null][] = [
  [/^Nested mappings are not allowed/, "mapping values are not allowed in this context", 0],
  [/^Implicit keys need to be on a single line/, "mapping values are not allowed in this context", 1],
  [/^Unexpected block-seq-ind on same line/, "block sequence entries are not allowed in this context", 0],
  [/^Implicit map keys need to be followed by map values/, "could not find expected ':'", 0],
  [/^All mapping items must start at the same column/, "did not find expected key", -1],
  [/^A block sequence may not be used as an implicit map key/, "did not find expected key", -1],
  [/^(?:All sequence items must start|Sequence item without -)/, "did not find expected '-' indicator", -1],
  [/^Plain value cannot start with|^Tabs are not allowed as/, "found character that cannot start any token", null],
  [/^Flow sequence in block collection must be/, "did not find expected ',' or ']'", null],
  [/^Unexpected , in flow/, "did not find expected node content", null],
  [/^Alias cannot be an empty string/, "did not find expected alphabetic or numeric character", null],
  [/^The : indicator must be at most 1024/, "mapping values are not allowed in this context", null],
  [/^(?:unknown anchor|anchor '|exceeded max depth|control characters|document contains)/, "", null],
];

export function syntaxProblem(source: Source, problem = source.problem): Diagnostic {
  const { reason, offset, end } = problem ?? { reason: "", offset: 0, end: 0 };
  const short = (reason.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
  const [, says, shift] = UPSTREAM.find(([pattern]) => pattern.test(short)) ?? [];
  const line = source.line(offset) + (shift ?? 0);
  const where = typeof shift === "number" && line > 1 ? `line ${line}: ` : "";
  return {
    code: "yaml_syntax",
    severity: "error",
    path: [],
    params: { reason: short },
    message: `This is not valid YAML: ${short}`,
    ...(says === undefined ? {} : { upstream: `yaml: ${where}${says || short}` }),
    range: source.range(offset, end),
    stage: "load",
  };
}
