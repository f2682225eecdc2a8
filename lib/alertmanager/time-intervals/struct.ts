import { goNamed, listOf, STRING, structOf } from "../field-types";
import type { StructDefinition } from "../fields";

export const TIME_RANGE_STRUCT: StructDefinition = {
  name: "TimeRange",
  fields: [
    { key: "start_time", type: STRING, required: true },
    { key: "end_time", type: STRING, required: true },
  ],
};

/** One item of a time interval: its fields are ANDed, the ranges inside a field ORed. */
export const TIME_INTERVAL_ITEM_STRUCT: StructDefinition = {
  name: "TimeIntervalItem",
  fields: [
    { key: "times", type: listOf(structOf(TIME_RANGE_STRUCT)) },
    { key: "weekdays", type: listOf(goNamed(STRING, "timeinterval.WeekdayRange")) },
    { key: "days_of_month", type: listOf(goNamed(STRING, "timeinterval.DayOfMonthRange")) },
    { key: "months", type: listOf(goNamed(STRING, "timeinterval.MonthRange")) },
    { key: "years", type: listOf(goNamed(STRING, "timeinterval.YearRange")) },
    { key: "location", type: STRING, default: "UTC" },
  ],
};

/** A named interval of `time_intervals` (or the older `mute_time_intervals`). */
export const TIME_INTERVAL_STRUCT: StructDefinition = {
  name: "TimeInterval",
  fields: [
    { key: "name", type: STRING, required: true },
    { key: "time_intervals", type: listOf(structOf(TIME_INTERVAL_ITEM_STRUCT)) },
  ],
};
