import { expect, test } from "vitest";
import { othersMayRead } from "./key-files";

test("our own key file is for us alone; one of root may be for our group to read", () => {
  const may = (mode: number, uid: number) => othersMayRead({ mode, uid }, 1000);
  expect([0o100600, 0o100400].map((mode) => may(mode, 1000))).toEqual([false, false]);
  expect([0o100640, 0o100604, 0o100660].map((mode) => may(mode, 1000))).toEqual([true, true, true]);
  expect([0o100440, 0o100640, 0o100400].map((mode) => may(mode, 0))).toEqual([false, false, false]);
  expect([0o100444, 0o100660, 0o100450, 0o100644].map((mode) => may(mode, 0))).toEqual([true, true, true, true]);
});
