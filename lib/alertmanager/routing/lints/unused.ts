import type { Config } from "../../config/types";
import { usages } from "../../config/usages";
import { isObject, items, textOf } from "../../validation/context";
import { type Findings, removal } from "./lint";

/** Receivers and time intervals that no route names. */
export function lintUnused(config: Config, findings: Findings) {
  const used = usages(config);
  items(config.receivers as never).forEach((receiver, index) => {
    const name = isObject(receiver) ? textOf(receiver.name) : "";
    if (name === "" || Object.hasOwn(used.receivers, name)) return;
    const path = ["receivers", index];
    findings.add("receiver_unused", path, { name }, { fix: removal("remove_receiver", path) });
  });
  for (const key of ["mute_time_intervals", "time_intervals"] as const) {
    items(config[key] as never).forEach((interval, index) => {
      const name = isObject(interval) ? textOf(interval.name) : "";
      if (name === "" || Object.hasOwn(used.timeIntervals, name)) return;
      const path = [key, index];
      findings.add("time_interval_unused", path, { name }, { fix: removal("remove_time_interval", path) });
    });
  }
}
