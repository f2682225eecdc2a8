import { expect, test } from "vitest";
import { roomOf } from "./room";

test("room is told from 80 % on, and is none at the limit and beyond", () => {
  expect(roomOf(15, 20)).toEqual({ used: 15, limit: 20, tight: false, full: false });
  expect(roomOf(16, 20)).toMatchObject({ tight: true, full: false });
  expect(roomOf(20, 20)).toMatchObject({ tight: true, full: true });
  expect(roomOf(25, 20)).toMatchObject({ full: true });
  expect(roomOf(0, 0)).toMatchObject({ tight: true, full: true });
});

test("without a limit, or where nothing piles up, there is nothing to tell", () => {
  expect(roomOf(1_000, null)).toBeNull();
  expect(roomOf(null, 300)).toBeNull();
});
