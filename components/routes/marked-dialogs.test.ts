import { expect, it } from "vitest";
import { placesFor } from "./marked-dialogs";
import { rowsOf } from "./route-edits";

const rows = rowsOf({
  id: "root",
  routes: [
    { id: "a", matchers: ['team="a"'], routes: [{ id: "a1", routes: [{ id: "a11" }] }, { id: "a2" }] },
    { id: "b", matchers: ['team="b"', 'zone="z"'] },
  ],
});

it("routes move to the root or any route, but not into themselves", () => {
  const ids = (...marked: string[]) => placesFor(rows, new Set(marked)).map(({ id }) => id);
  expect(ids("a1")).toEqual(["root", "a", "a2", "b"]);
  expect(ids("a", "a2")).toEqual(["root", "b"]);
  expect(ids("root", "b")).toEqual(["root", "a", "a1", "a11", "a2"]);
});

it("a place is named by its number and matchers", () => {
  expect(placesFor(rows, new Set(["a"]))).toEqual([
    { id: "root", label: "" },
    { id: "b", label: '2 team="b" zone="z"' },
  ]);
});
