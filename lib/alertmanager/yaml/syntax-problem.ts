import type { Diagnostic } from "../validation/diagnostic";
import type { Source, SourceProblem } from "./source";

/** Why a text cannot be read at all, with the words and the line that yaml.v2 gives. */
export function syntaxProblem(source: Source, { reason, offset, end, line }: SourceProblem): Diagnostic {
  return {
    code: "yaml_syntax",
    severity: "error",
    path: [],
    params: { reason },
    message: `This is not valid YAML: ${reason}`,
    ...(line < 0 ? {} : { upstream: `yaml: ${line > 0 ? `line ${line}: ` : ""}${reason}` }),
    range: source.range(offset, end),
    stage: "load",
  };
}
