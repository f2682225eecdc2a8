import { describe, expect, it } from "vitest";
import { isSingle, readWritten, toggled } from "./written-ranges";

describe("what is written", () => {
  it("is read with the days it has, in the order of a week", () => {
    expect(readWritten("weekdays", ["Saturday", "monday:wednesday", "fri", 3])).toEqual([
      { text: "Saturday", members: [6] },
      { text: "monday:wednesday", members: [1, 2, 3] },
      { text: "fri", members: null },
      { text: "3", members: null },
    ]);
    expect(readWritten("months", ["march:may", "12", "11:14"]).map(({ members }) => members)).toEqual([
      [3, 4, 5],
      [12],
      [11, 12],
    ]);
    expect(readWritten("weekdays", ["sunday", "sunday:sunday", "x"]).map(isSingle)).toEqual([true, false, false]);
  });
});

describe("a day that is switched", () => {
  it("comes in at its place among single days, else at the end", () => {
    expect(toggled("weekdays", [], 1)).toEqual(["monday"]);
    expect(toggled("weekdays", ["monday", "sunday"], 6)).toEqual(["monday", "saturday", "sunday"]);
    expect(toggled("weekdays", ["monday:friday"], 0)).toEqual(["monday:friday", "sunday"]);
    expect(toggled("months", ["Nov", "may"], 1)).toEqual(["Nov", "may", "january"]);
  });

  it("goes out of each entry that has it, and leaves the others as they are written", () => {
    expect(toggled("weekdays", ["Saturday", "SUNDAY"], 6)).toEqual(["SUNDAY"]);
    expect(toggled("weekdays", ["monday:friday", "typo"], 3)).toEqual(["monday:tuesday", "thursday:friday", "typo"]);
    expect(toggled("weekdays", ["sunday:tuesday", "tuesday"], 2)).toEqual(["sunday:monday"]);
    expect(toggled("weekdays", ["sunday:saturday"], 0)).toEqual(["monday:saturday"]);
    expect(toggled("months", ["march:may"], 3)).toEqual(["april:may"]);
    expect(toggled("months", ["3:5"], 4)).toEqual(["3", "5"]);
  });

  it("takes the field with it when it was the last: an empty list would never hold", () => {
    expect(toggled("weekdays", ["sunday"], 0)).toBeUndefined();
  });
});
