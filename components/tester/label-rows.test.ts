import { expect, it } from "vitest";
import { readLabels } from "./alerts-text";
import { newAlert, newRow, repeatedNames, textOfRows } from "./label-rows";

it("writes rows as the text that reads as these alerts, and leaves out what is half typed", () => {
  const alerts = [
    newAlert({ alertname: "Disk Full", "a b": 'say "x"\\', __proto__x: "1" }),
    newAlert(),
    { id: 0, rows: [newRow(" team ", "db"), newRow("severity"), newRow("", "lost")] },
  ];
  const read = readLabels(textOfRows(alerts));
  expect(read).toEqual({
    alerts: [{ alertname: "Disk Full", "a b": 'say "x"\\', __proto__x: "1" }, { team: "db" }],
    problem: null,
  });
  expect(textOfRows([newAlert()])).toBe("");
});

it("keeps a name that stands twice, so that it is told and not silently dropped", () => {
  const twice = { id: 0, rows: [newRow("team", "db"), newRow("team ", "web"), newRow("a", "b"), newRow()] };
  expect([...repeatedNames(twice)]).toEqual(["team"]);
  expect(readLabels(textOfRows([twice])).problem).toEqual({ code: "twice", line: 1 });
});
