import { describe, expect, it } from "vitest";
import { type Config, DEFAULT_PROFILE_ID, profileFor } from "@/lib/alertmanager";
import { rowsOf } from "./route-edits";
import { applyMerge, mergeOf, type RouteTable, readLines, setCell, tablesOf } from "./route-tables";

const profile = profileFor(DEFAULT_PROFILE_ID);
const config: Config = {
  route: {
    id: "root",
    receiver: "default",
    routes: [
      { id: "a", matchers: ['team="a"', 'severity="critical"'], receiver: "ra" },
      { id: "b", matchers: ['severity="critical", team="b"'], receiver: "rb", group_wait: "5s" },
      { id: "x", matchers: ['zone=~"x|y"'] },
      { id: "c", matchers: ['team="c"', 'severity="critical"'], continue: true },
      {
        id: "deep",
        matchers: ['team="d"', 'severity="critical"'],
        routes: [
          { id: "d1", matchers: ["severity=info"] },
          { id: "d2", matchers: ["severity=warning"] },
          { id: "d3", matchers: ["severity=critical", "env=prod"] },
        ],
      },
      { id: "old", match: { team: "e", severity: "critical" } },
    ],
  },
};
const tables = (of = config) => (of.route ? tablesOf(rowsOf(of.route), profile) : []);
const first = (of = config): RouteTable => {
  const [table] = tables(of);
  if (!table) throw new Error("no table");
  return table;
};
const values = (of: Config) => first(of).rows.map(({ row, value }) => `${row.route.id}=${value}`);

describe("route tables", () => {
  it("are siblings that differ in the value of one label, however their matchers are written", () => {
    expect(tables().map(({ parent, label, others, rows }) => [parent.number, label, others, rows.length])).toEqual([
      ["", "team", ['severity="critical"'], 3],
      ["5", "severity", [], 2],
    ]);
    expect(values(config)).toEqual(["a=a", "b=b", "c=c"]);
  });

  it("put a cell into the route and leave all else as it is", () => {
    const table = first();
    const valued = setCell(config, table, "b", null, 'b "2"', profile);
    expect(values(valued)).toEqual(["a=a", 'b=b "2"', "c=c"]);
    expect(valued.route?.routes?.[1]).toMatchObject({ receiver: "rb", group_wait: "5s" });
    expect(valued.route?.routes?.[0]).toBe(config.route?.routes?.[0]);
    const timed = setCell(config, table, "c", "repeat_interval", "1h", profile);
    expect(timed.route?.routes?.[3]).toMatchObject({ repeat_interval: "1h", continue: true });
    expect(setCell(config, table, "b", "group_wait", "", profile).route?.routes?.[1]).not.toHaveProperty("group_wait");
    const deep = tables()[1];
    expect(deep && setCell(config, deep, "d1", null, "none", profile).route?.routes?.[4]?.routes?.[0]).toMatchObject({
      matchers: ['severity="none"'],
    });
  });

  it("read what a spreadsheet copies, without its heading and empty lines", () => {
    expect(readLines("team\treceiver\r\n a \trx\t\t5m\r\n\r\nz\r\n", "team")).toEqual([
      { value: "a", receiver: "rx", group_interval: "5m" },
      { value: "z" },
    ]);
    expect(readLines("a\tteam\nteam\tx", "team").map(({ value }) => value)).toEqual(["a", "team"]);
  });

  it("take pasted lines: known values are edited, others added behind the last one", () => {
    const table = first();
    const merge = mergeOf(table, readLines("a\tra\nb\tnew\nz\trz\t1m\nz\tlast", "team"));
    expect(merge).toEqual({
      added: [{ value: "z", receiver: "last" }],
      changed: [{ id: "b", line: { value: "b", receiver: "new" } }],
    });
    const merged = applyMerge(config, table, merge, () => "new");
    expect(values(merged)).toEqual(["a=a", "b=b", "c=c", "new=z"]);
    expect(merged.route?.routes?.[1]).toMatchObject({ receiver: "new", group_wait: "5s" });
    expect(merged.route?.routes?.[4]).toEqual({
      id: "new",
      receiver: "last",
      matchers: ['team="z"', 'severity="critical"'],
    });
  });
});
