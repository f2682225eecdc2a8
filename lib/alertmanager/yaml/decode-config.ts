import { CONFIG_STRUCT } from "../config/structs";
import type { Config, Path } from "../config/types";
import type { TargetProfile } from "../profiles";
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
export function decodeConfig(
  text: string,
  options: { profile?: TargetProfile; previous?: Config; newId: () => string },
): DecodedConfig {
  const source = readSource(text);
  const rangeOf = (path: Path, part?: "key" | "value") => rangeInSource(source, path, part);
  if (source.problem) return { source, config: null, refusals: [], fatal: syntaxProblem(source), rangeOf };
  const decoded = tryDecode(source, options.profile);
  if (!decoded) return { source, config: null, refusals: [], fatal: syntaxProblem(source, EXCESSIVE), rangeOf };
  const { object, refusals } = decoded;
  const config = object && assignIds(object, options.previous, options.newId);
  return { source, config, refusals, fatal: null, rangeOf };
}

const EXCESSIVE = { reason: "document contains excessive aliasing", offset: 0, end: 0 };

/** `null` when aliases make the document too large to be read out. */
function tryDecode(source: Source, profile: TargetProfile | undefined) {
  try {
    return decodeSource(source, CONFIG_STRUCT, profile);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
