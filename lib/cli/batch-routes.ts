import {
  type CompiledRoutes,
  compileRoutes,
  isRefusal,
  matchRoutes,
  parseConfig,
  printGoDuration,
  type RouteMatch,
  type TargetProfile,
} from "@/lib/alertmanager";
import { BadRequest } from "./batch-operations";

type Labels = Record<string, string>;
type Read = { ok: true; routes: CompiledRoutes } | { ok: false; error: string };

/** `routes`: where alerts with these labels go, and in which groups. */
export function routes(request: Record<string, unknown>, profile: TargetProfile) {
  const { yaml } = request;
  if (typeof yaml !== "string") throw new BadRequest("yaml must be a string");
  const labels = labelSetsOf(request);
  const read = readRoutes(yaml, profile);
  if (!read.ok) return read;
  const results = labels.map((set) => {
    const matches = matchRoutes(read.routes, set);
    return { receivers: matches.map(({ receiver }) => receiver), routes: matches.map(print) };
  });
  return { ok: true, results };
}

/** An editor asks about one text many times. */
let last: { yaml: string; profile: TargetProfile; read: Read } | null = null;

function readRoutes(yaml: string, profile: TargetProfile): Read {
  if (last?.yaml === yaml && last.profile === profile) return last.read;
  let id = 0;
  const { config, diagnostics } = parseConfig(yaml, { profile, newId: () => `n${++id}` });
  // Routing is asked for as soon as the text loads; what only a reload meets, such as a missing file, changes no route.
  const refusal = diagnostics.find((diagnostic) => isRefusal(diagnostic) && diagnostic.stage === "load");
  const read: Read =
    config && !refusal
      ? { ok: true, routes: compileRoutes(config, profile) }
      : { ok: false, error: refusal?.upstream ?? refusal?.message ?? "no configuration" };
  last = { yaml, profile, read };
  return read;
}

function print({ receiver, options, groupLabels, groupKey, hash, routeKey, routeID }: RouteMatch) {
  const { group_wait, group_interval, repeat_interval, mute_time_intervals, active_time_intervals, labels } = options;
  return {
    ...{ receiver, groupKey, groupLabels, hash, routeKey, routeID },
    groupWait: duration(group_wait),
    groupInterval: duration(group_interval),
    repeatInterval: duration(repeat_interval),
    ...(mute_time_intervals.length > 0 && { mute: mute_time_intervals }),
    ...(active_time_intervals.length > 0 && { active: active_time_intervals }),
    ...(Object.keys(labels).length > 0 && { labels }),
  };
}

function duration(milliseconds: number): string {
  return printGoDuration(milliseconds * 1e6);
}

function labelSetsOf({ labels = [] }: Record<string, unknown>): Labels[] {
  const sets = Array.isArray(labels) ? labels : [labels];
  const isSet = (set: unknown): set is Labels =>
    set !== null &&
    typeof set === "object" &&
    !Array.isArray(set) &&
    Object.values(set).every((value) => typeof value === "string");
  if (!sets.every(isSet)) throw new BadRequest("labels must be a list of label sets");
  return sets;
}
