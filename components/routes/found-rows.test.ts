import { expect, it } from "vitest";
import { foundRows } from "./found-rows";
import { rowsOf } from "./route-edits";

const rows = rowsOf({
  id: "root",
  routes: [
    { id: "a", routes: [{ id: "a1", routes: [{ id: "hit-1" }, { id: "a12" }, { id: "hit-2" }] }, { id: "a2" }] },
    { id: "b", routes: [{ id: "b1" }] },
    { id: "hit-3", routes: [{ id: "c1", routes: [{ id: "hit-4" }] }] },
  ],
});

it("keeps the way to every hit, once and in the order of the tree", () => {
  const { rows: found, around, hits } = foundRows(rows, ({ route }) => route.id.startsWith("hit"));
  expect(found.map(({ route }) => route.id)).toEqual(["root", "a", "a1", "hit-1", "hit-2", "hit-3", "c1", "hit-4"]);
  expect([...around]).toEqual(["root", "a", "a1", "c1"]);
  expect(hits).toBe(4);
  expect(foundRows(rows, () => false).rows).toEqual([]);
});
