import type { JsonObject } from "../../config/types";
import { timeIntervalItemProblems } from "../../time-intervals/check";
import { type Context, isSet, items, textOf } from "../context";

export function checkTimeInterval(context: Context, value: JsonObject) {
  const old = context.path[0] === "mute_time_intervals";
  if (!isSet(value.name)) {
    const upstream = `missing name in ${old ? "mute time interval" : "time interval"}`;
    context.report("time_interval_name_missing", { upstream }, "name");
  } else if (items(value.time_intervals).length === 0) {
    context.report("time_interval_empty", { severity: "warning", params: { name: textOf(value.name) } });
  }
}

export function checkTimeIntervalItem(context: Context, value: JsonObject) {
  for (const { code, path, params, upstream, severity } of timeIntervalItemProblems(value)) {
    const finding = { params, ...(upstream !== undefined && { upstream }), ...(severity && { severity }) };
    // A range of times is a struct of its own; the others are values.
    const [key, index, ...below] = path;
    if (key === "times" && index !== undefined) {
      const report = () => context.rules(() => context.report(code, finding, ...below));
      context.at(key, () => context.at(index, report));
    } else context.values(() => context.report(code, finding, ...path));
  }
}
