export { type TimeIntervalProblem, timeIntervalItemProblems } from "./check";
export { containsInstant } from "./contains-instant";
export { type ParsedTimeIntervals, parseTimeIntervals } from "./parse-list";
export { TIME_INTERVAL_ITEM_STRUCT, TIME_INTERVAL_STRUCT, TIME_RANGE_STRUCT } from "./struct";
export { type IntervalSwitch, intervalSwitches } from "./switches";
