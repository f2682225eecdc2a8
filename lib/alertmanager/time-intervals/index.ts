export { type TimeIntervalProblem, timeIntervalItemProblems } from "./check";
export { TIME_INTERVAL_ITEM_STRUCT, TIME_INTERVAL_STRUCT, TIME_RANGE_STRUCT } from "./struct";
