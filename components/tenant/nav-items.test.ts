import { expect, it } from "vitest";
import { currentItem, NAV_ITEMS } from "./nav-items";

it("gives each page its own letter and path", () => {
  expect(new Set(NAV_ITEMS.map((item) => item.letter)).size).toBe(NAV_ITEMS.length);
  expect(new Set(NAV_ITEMS.map((item) => item.path)).size).toBe(NAV_ITEMS.length);
});

it.each([
  ["/meridian", "overview"],
  ["/meridian/receivers", "receivers"],
  ["/meridian/receivers/4f", "receivers"],
  ["/meridian/time-intervals", "timeIntervals"],
  ["/meridian/import", undefined],
])("%s shows %s", (pathname, name) => {
  expect(currentItem(pathname, "meridian")?.name).toBe(name);
});
