import { describe, expect, it } from "vitest";
import type { ChangedAlert } from "@/lib/alertmanager";
import { chosenAlerts, pageOf } from "./chosen-alerts";
import { regroupReason } from "./regroup-reason";
import { renamedReceivers, withNames } from "./renamed-receivers";

const alert = (kind: ChangedAlert["kind"], before: string[], after: string[]): ChangedAlert => {
  return { kind, labels: { alertname: `${before} ${after}` }, before, after, alerts: 1 };
};
const moved = alert("moved", ["pager", "log"], ["chat", "log"]);
const lost = alert("lost", ["pager"], []);
const gained = alert("gained", ["log"], ["log", "chat"]);
const all = [moved, lost, gained];

describe("the alerts that are chosen", () => {
  it("are those of a kind", () => {
    expect(chosenAlerts(all, "all", null)).toEqual(all);
    expect(chosenAlerts(all, "lost", null)).toEqual([lost]);
  });

  it("are those of a flow; what stays with a receiver is not of its flows", () => {
    expect(chosenAlerts(all, "all", { from: "pager", to: "chat" })).toEqual([moved]);
    expect(chosenAlerts(all, "all", { from: null, to: "chat" })).toEqual([moved, gained]);
    expect(chosenAlerts(all, "all", { from: "log", to: "chat" })).toEqual([]);
    expect(chosenAlerts(all, "gained", { from: "pager", to: null })).toEqual([]);
  });
});

describe("a page of a list", () => {
  const list = Array.from({ length: 45 }, (_, index) => index);

  it("says where it is", () => {
    expect(pageOf(list, 1)).toMatchObject({ from: 21, to: 40, count: 45, page: 1, last: 2 });
    expect(pageOf(list, 2).shown).toEqual([40, 41, 42, 43, 44]);
  });

  it("is the last one beyond the end, and one page when there is nothing", () => {
    expect(pageOf(list, 9)).toMatchObject({ page: 2, to: 45 });
    expect(pageOf([], 3)).toMatchObject({ page: 0, last: 0, count: 0 });
  });
});

it.each([
  [null, "{}:{}", "new"],
  ["{}:{}", null, "gone"],
  ['{}/{team="db"}:{alertname="A"}', '{}/{team="db"}:{alertname="A", zone="1"}', "labels"],
  ['{}/{team="db"}:{alertname="A"}', '{}/{team=~"db"}:{alertname="A"}', "route"],
  ['{}:{alertname="A"}', '{}/{team="db"}:{alertname="A"}', "route"],
])("a group whose key was %s and is %s: %s", (before, after, reason) => {
  expect(regroupReason({ before, after })).toBe(reason);
});

describe("renamed receivers", () => {
  const receivers = (...names: string[]) => ({ receivers: names.map((name, id) => ({ id: `${id}`, name })) });

  it("are those with the same id, unless a name now means another one", () => {
    expect(renamedReceivers(receivers("a", "b"), receivers("a", "c"))).toEqual([{ from: "b", to: "c" }]);
    expect(renamedReceivers(receivers("a", "b"), receivers("b", "a"))).toEqual([]);
    expect(renamedReceivers(receivers("a"), receivers("a", "b"))).toEqual([]);
  });

  it("are renamed on every route, and nothing else is", () => {
    const config = {
      ...receivers("a", "b"),
      route: { id: "r", receiver: "a", routes: [{ id: "x" }, { id: "y", receiver: "b" }] },
    };
    const renamed = [{ from: "b", to: "c" }];
    expect(withNames(config, renamed)).toEqual({
      ...receivers("a", "c"),
      route: { id: "r", receiver: "a", routes: [{ id: "x" }, { id: "y", receiver: "c" }] },
    });
    expect(withNames(config, renamed)).toBe(withNames(config, [{ from: "b", to: "c" }]));
    expect(withNames(config, [])).toBe(config);
  });
});
