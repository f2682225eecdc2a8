import type { JsonObject, TimeInterval } from "../config/types";
import type { TargetProfile } from "../profiles";
import { decodeSource, type Refusal, Undecodable } from "../yaml/decode";
import { placeInSource } from "../yaml/locate";
import { MapNode, ScalarNode, SourcePair } from "../yaml/nodes";
import { readSource, type Source } from "../yaml/source";
import { syntaxProblem } from "../yaml/syntax-problem";
import { timeIntervalItemProblems } from "./check";
import { TIME_INTERVAL_STRUCT } from "./struct";

export type ParsedTimeIntervals =
  | { ok: true; interval: Pick<TimeInterval, "time_intervals"> }
  | { ok: false; error: string };

/**
 * Reads the list that stands under `time_intervals` of a time interval, as a text of its own. The error is upstream's:
 * what no value can be ends the reading where it stands, wrong types and unknown keys are listed together.
 */
export function parseTimeIntervals(text: string, profile: TargetProfile): ParsedTimeIntervals {
  const source = readSource(text);
  if (source.problem) {
    const { upstream, message } = syntaxProblem(source, source.problem);
    return { ok: false, error: upstream ?? message };
  }
  const under = underKey(source, "time_intervals");
  try {
    const { object, refusals } = decodeSource(under, TIME_INTERVAL_STRUCT, profile);
    const interval = (object ?? {}) as Pick<TimeInterval, "time_intervals">;
    const error = firstError(under, interval, refusals);
    return error === null ? { ok: true, interval } : { ok: false, error };
  } catch (error) {
    if (!(error instanceof Undecodable)) throw error;
    return { ok: false, error: `yaml: ${error.message}` };
  }
}

/** The text as the value of one key, with all its places. */
function underKey(source: Source, key: string): Source {
  if (!source.root) return source;
  const root = new MapNode(false, 0, null);
  root.pairs.push(new SourcePair(new ScalarNode("plain", 0, 0, key, null), source.root, -1));
  return { ...source, root };
}

function firstError(
  source: Source,
  { time_intervals }: Pick<TimeInterval, "time_intervals">,
  refusals: readonly Refusal[],
): string | null {
  const stops = refusals.filter(({ stops: ends }) => ends).map(({ mark, text }) => ({ mark, text: `yaml: ${text}` }));
  const [first] = [...stops, ...problems(source, time_intervals, refusals)].sort((a, b) => a.mark - b.mark);
  if (first) return first.text;
  if (refusals.length === 0) return null;
  const lines = refusals.map(({ mark, text }) => `\n  line ${source.line(mark)}: ${text}`);
  return `yaml: unmarshal errors:${lines.join("")}`;
}

/** Values that refuse themselves. A range of times is not asked once a part of it does not decode. */
function problems(source: Source, list: JsonObject[] | undefined, refusals: readonly Refusal[]) {
  if (!Array.isArray(list)) return [];
  const unread = new Set(refusals.map(({ path }) => path.slice(0, 4).join("/")));
  return list.flatMap((item, index) => {
    if (item === null || typeof item !== "object" || Array.isArray(item)) return [];
    return timeIntervalItemProblems(item).flatMap(({ path, upstream, severity }) => {
      const place = ["time_intervals", index, ...path];
      if (severity === "warning" || upstream === undefined) return [];
      if (path[0] === "times" && unread.has(place.slice(0, 4).join("/"))) return [];
      return [{ mark: placeInSource(source, place)?.start ?? 0, text: upstream }];
    });
  });
}
