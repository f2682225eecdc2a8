import { expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseTimeIntervals } from "./parse-list";

const errorOf = (text: string) => {
  const parsed = parseTimeIntervals(text, profileFor("alertmanager@0.34"));
  return parsed.ok ? null : parsed.error;
};

it.each([
  ["", null],
  ["# nothing\n", null],
  ["~", null],
  ["{}", "yaml: unmarshal errors:\n  line 1: cannot unmarshal !!map into []timeinterval.TimeInterval"],
  // What is listed waits for the end; a value that refuses itself does not.
  ["- {foo: 1}\n- {bar: 2, weekdays: [x]}", "x is not a valid weekday"],
  [
    "- {foo: 1}\n- {bar: 2}",
    "yaml: unmarshal errors:\n  line 1: field foo not found in type timeinterval.TimeInterval\n  line 2: field bar not found in type timeinterval.TimeInterval",
  ],
  ["- {years: [x]}\n- {weekdays: [x]}", 'strconv.Atoi: parsing "x": invalid syntax'],
  // The rule of the range is not asked when its keys are wrong.
  [
    '- times: [{start_time: "09:00", until: "10:00"}]',
    "yaml: unmarshal errors:\n  line 1: field until not found in type timeinterval.yamlTimeRange",
  ],
  ["- weekdays: [", "yaml: line 1: did not find expected node content"],
  ["- {years: [!!int x], weekdays: [y]}", "yaml: cannot decode !!str `x` as a !!int"],
  ["- {weekdays: [y], years: [!!int x]}", "y is not a valid weekday"],
])("%j: %s", (text, error) => {
  expect(errorOf(text)).toBe(error);
});

it("gives the list as it is written", () => {
  expect(parseTimeIntervals("- {years: [2026], weekdays: [Monday]}", profileFor("alertmanager@0.34"))).toEqual({
    ok: true,
    interval: { time_intervals: [{ years: ["2026"], weekdays: ["Monday"] }] },
  });
});
