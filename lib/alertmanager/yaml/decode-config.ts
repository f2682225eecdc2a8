import { CONFIG_STRUCT } from "../config/structs";
import type { Config, Path } from "../config/types";
import type { TargetProfile } from "../profiles";
import type { Diagnostic, SourceRange } from "../validation/diagnostic";
import { assignIds } from "./assign-ids";
import { decodeSource, type Refusal, Undecodable } from "./decode";
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

/** What is written, without judging it. Of bytes the encoding is checked too. */
export function decodeConfig(
  text: string | Uint8Array,
  options: { profile?: TargetProfile; previous?: Config; newId: () => string },
): DecodedConfig {
  const source = readSource(text);
  const rangeOf = (path: Path, part?: "key" | "value") => rangeInSource(source, path, part);
  const unread = { source, config: null, refusals: [], rangeOf };
  if (source.problem) return { ...unread, fatal: syntaxProblem(source, source.problem) };
  try {
    const { object, refusals } = decodeSource(source, CONFIG_STRUCT, options.profile);
    const config = object && assignIds(object, options.previous, options.newId);
    return { source, config, refusals, fatal: null, rangeOf };
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error;
    return { ...unread, fatal: syntaxProblem(source, { reason: error.message, offset: 0, end: 0, line: error.line }) };
  }
}
