import { CONFIG_STRUCT } from "../config/structs";
import type { Config, Path } from "../config/types";
import type { Diagnostic, SourceRange } from "../validation/diagnostic";
import { assignIds } from "./assign-ids";
import { decodeSource, type Refusal } from "./decode";
import { rangeInSource } from "./locate";
import { readSource, type Source } from "./source";
import { syntaxProblem } from "./syntax-problem";

export interface DecodedConfig {
  source: Source;
  config: Config | null;
  refusals: Refusal[];
  /** Why nothing at all could be read. */
  fatal: Diagnostic | null;
  rangeOf(path: Path, part?: "key" | "value"): SourceRange | undefined;
}

/** What is written, without judging it. */
export function decodeConfig(text: string, options: { previous?: Config; newId: () => string }): DecodedConfig {
  const source = readSource(text);
  const rangeOf = (path: Path, part?: "key" | "value") => rangeInSource(source, path, part);
  if (source.problem) return { source, config: null, refusals: [], fatal: syntaxProblem(source), rangeOf };
  const { object, refusals } = decodeSource(source, CONFIG_STRUCT);
  const config = object && assignIds(object, options.previous, options.newId);
  return { source, config, refusals, fatal: null, rangeOf };
}
