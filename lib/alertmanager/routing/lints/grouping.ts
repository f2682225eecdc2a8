import { printDuration } from "../../go/duration";
import { isSet, items, textOf } from "../../validation/context";
import { onlyValue } from "../values/value-set";
import { type Findings, removal, seenValues } from "./lint";
import type { Place } from "./places";
import type { Demands } from "./reach";

/** Fewer alerts than that tell nothing of how a label varies. */
const ENOUGH_ALERTS = 50;

/** Labels that are grouped by though they never tell two alerts apart. */
export function lintGrouping({ written, path }: Place, { values }: Demands, findings: Findings) {
  const { seen } = findings;
  for (const [index, item] of items(written.group_by as never).entries()) {
    const name = textOf(item);
    if (name === "...") continue;
    const at = [...path, "group_by", index];
    const fix = removal("remove_item", at);
    const fixed = values.get(name);
    const value = fixed ? onlyValue(fixed) : null;
    if (value !== null) findings.add("group_by_constant", at, { name, value }, { fix });
    if (value !== null || !seen || seen.alerts < ENOUGH_ALERTS) continue;
    const [first, ...others] = Object.entries(seenValues(seen, name));
    const params = { name, alerts: seen.alerts };
    if (!first) findings.add("group_by_unseen", at, params, { proof: "no_example" });
    else if (others.length === 0 && first[1] === seen.alerts) {
      findings.add("group_by_unvarying", at, { ...params, value: first[0] }, { proof: "no_example" });
    }
  }
}

/** Timers that do not work as they look. */
export function lintTimers({ route, written, path }: Place, findings: Findings) {
  const { group_wait: wait, group_interval: group, repeat_interval: repeat } = route.options;
  const own = (key: "group_wait" | "group_interval" | "repeat_interval") => isSet(written[key]);
  if (wait > group && (own("group_wait") || own("group_interval"))) {
    const key = own("group_wait") ? "group_wait" : "group_interval";
    const params = { wait: printDuration(wait), group: printDuration(group) };
    findings.add("group_wait_long", [...path, key], params, { severity: "warning" });
  }
  // What is shorter than one interval is told by validateConfig.
  if (group <= 0 || repeat <= group || repeat % group === 0) return;
  if (!own("repeat_interval") && !own("group_interval")) return;
  const effective = printDuration(Math.ceil(repeat / group) * group);
  const params = { repeat: printDuration(repeat), group: printDuration(group), effective };
  findings.add("repeat_not_multiple", [...path, own("repeat_interval") ? "repeat_interval" : "group_interval"], params);
}
