import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConfigDocument, Route } from "@/lib/alertmanager";
import { coverage, type Grants, joinGrants } from "./contract";
import { coversReceiver, isExpectationWithin } from "./covers/contract";
import { outsideGrants } from "./outside";

const route = (id: string, team: string, more: object = {}): Route =>
  ({ id, matchers: [`team="${team}"`], receiver: `team-${team}/pager`, ...more }) as Route;

function document(): ConfigDocument {
  const config = {
    global: { resolve_timeout: "5m" },
    route: {
      id: "root",
      receiver: "ops",
      routes: [
        route("noc", "noc", { receiver: "ops" }),
        route("db", "db", { routes: [route("db-dev", "db", { receiver: "team-db/chat" })] }),
        route("web", "web", { receiver: "ops" }),
      ],
    },
    inhibit_rules: [{ equal: ["cluster"] }],
    time_intervals: [{ name: "night", time_intervals: [] }],
    receivers: [
      { id: "a", name: "ops" },
      { id: "b", name: "team-db/pager" },
      { id: "c", name: "team-db/chat" },
    ],
  };
  return { config: config as ConfigDocument["config"], templates: [{ name: "a.tmpl", content: "x" }], source: null };
}
const DB: Grants = { receivers: ["team-db/*"], routes: [{ id: "db", label: 'team="db"' }], parts: [] };

type Loose = { [key: string]: Loose } & { [index: number]: Loose } & Loose[];
type Edit = (config: Loose, templates: Loose) => void;

function outside(edit: Edit, grants = DB): string[] {
  const after = JSON.parse(JSON.stringify(document())) as { config: Loose; templates: Loose };
  edit(after.config, after.templates);
  return outsideGrants(document(), { ...(after as unknown as ConfigDocument), source: "# a comment" }, grants);
}
const put = (target: Loose, key: string, value: unknown) => void Reflect.set(target, key, value);
const routes = (config: Loose) => config.route!.routes!;

describe("within", () => {
  const edits: [string, Edit][] = [
    ["nothing", () => undefined],
    ["a receiver that is granted", ({ receivers }) => put(receivers![1]!, "webhook_configs", [{ url: "http://x" }])],
    ["a new one of that name", ({ receivers }) => void receivers!.push({ id: "n", name: "team-db/new" } as never)],
    ["one less", ({ receivers }) => void receivers!.splice(2, 1)],
    ["their order", ({ receivers }) => void receivers!.splice(0, 3, receivers![2]!, receivers![0]!, receivers![1]!)],
    ["the receiver of the top", (config) => put(routes(config)[1]!, "receiver", "team-db/chat")],
    ["a new route below", (config) => void routes(config)[1]!.routes!.push(route("n", "db") as never)],
    ["matchers below", (config) => put(routes(config)[1]!.routes![0]!, "matchers", ["a=b"])],
    ["no more routes below", (config) => put(routes(config)[1]!, "routes", undefined)],
  ];
  it.each(edits)("%s", (_name, edit) => expect(outside(edit)).toEqual([]));
});

describe("beyond", () => {
  const edits: [string, Edit, RegExp][] = [
    ["another receiver", ({ receivers }) => put(receivers![0]!, "webhook_configs", [{ url: "http://x" }]), /ops/],
    [
      "a new one of another name",
      ({ receivers }) => void receivers!.push({ id: "n", name: "team-web/x" } as never),
      /web/,
    ],
    ["renamed into the grant", ({ receivers }) => put(receivers![0]!, "name", "team-db/ops"), /ops/],
    ["renamed out of it", ({ receivers }) => put(receivers![1]!, "name", "pager"), /pager/],
    ["removed", ({ receivers }) => void receivers!.shift(), /ops/],
    ["a route elsewhere", (config) => put(routes(config)[0]!, "receiver", "team-db/pager"), /noc/],
    ["the root", (config) => put(config.route!, "receiver", "team-db/pager"), /route/],
    ["the matchers of the top", (config) => put(routes(config)[1]!, "matchers", []), /./],
    ["more of the top's matchers", (config) => put(routes(config)[1]!, "match", { team: "web" }), /./],
    ["continue of the top", (config) => put(routes(config)[1]!, "continue", true), /./],
    ["the place of the top", (config) => void routes(config).unshift(routes(config).splice(1, 1)[0]!), /./],
    ["the top itself", (config) => void routes(config).splice(1, 1), /./],
    ["a new sibling", (config) => void routes(config).unshift(route("n", "db") as never), /./],
    ["a sibling with its id", (config) => void routes(config).unshift(route("db", "web") as never), /./],
    [
      "ids swapped",
      (config) => {
        put(routes(config)[0]!, "id", "db");
        put(routes(config)[1]!, "id", "noc");
      },
      /./,
    ],
    ["a subtree swallowed", (config) => void routes(config)[1]!.routes!.push(routes(config).splice(2, 1)[0]!), /./],
    ["global", ({ global }) => put(global!, "resolve_timeout", "1h"), /global/],
    ["inhibition", (config) => put(config, "inhibit_rules", []), /inhibit/],
    ["time intervals", ({ time_intervals }) => put(time_intervals![0]!, "name", "day"), /time interval/],
    ["templates", (_config, templates) => put(templates[0]!, "content", "y"), /template/],
    ["names of template files", (config) => put(config, "templates", ["x.tmpl"]), /./],
    ["a key that nobody knows", (config) => put(config, "x_extra", 1), /./],
  ];
  it.each(edits)("%s", (_name, edit, names) => expect(outside(edit).join()).toMatch(names));

  it("parts that are granted are free", () => {
    const all: Grants = { ...DB, parts: ["templates", "time_intervals", "inhibit_rules", "global"] };
    for (const [name, edit] of edits.slice(-6, -1)) expect([name, outside(edit, all)]).toEqual([name, []]);
  });
});

it("no pattern is more than its letters and stars", () => {
  const covers = (pattern: string, name: string) => coversReceiver({ ...DB, receivers: [pattern] }, name);
  expect(covers("team-db/*", "team-db/")).toBe(true);
  expect(covers("team-db/*", "xteam-db/a")).toBe(false);
  expect(covers("a.c", "abc")).toBe(false);
  expect(covers("a*b*b", "ab")).toBe(false);
  expect(covers("a*b*b", "a-bb")).toBe(true);
  expect(covers("**", "")).toBe(true);
  expect(covers("*", "anything\nat all")).toBe(true);
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, name) => {
      const plain = text.replaceAll("*", "");
      expect(covers(plain, name)).toBe(plain === name);
      expect(covers(`${plain}*`, name)).toBe(name.startsWith(plain));
    }),
    { numRuns: 200 },
  );
});

it("says what it covers today", () => {
  expect(coverage(document().config, DB)).toEqual({
    receivers: ["team-db/pager", "team-db/chat"],
    routes: [{ id: "db", routes: 2 }],
  });
  expect(coverage(document().config, { ...DB, routes: [{ id: "gone", label: "" }] }).routes).toEqual([]);
});

it("joins what several groups give", () => {
  expect(joinGrants([DB, { receivers: ["x"], routes: DB.routes, parts: ["global"] }])).toEqual({
    receivers: ["team-db/*", "x"],
    routes: DB.routes,
    parts: ["global"],
  });
  expect(joinGrants([DB, null])).toBeNull();
  expect(joinGrants([])).toBeNull();
});

it("an expectation is within when every receiver that it names is", () => {
  expect(isExpectationWithin(null, {})).toBe(true);
  expect(isExpectationWithin(DB, {})).toBe(false);
  expect(isExpectationWithin(DB, { receivers: ["team-db/x"] })).toBe(true);
  expect(isExpectationWithin(DB, { reaches: ["team-db/x"], not: ["ops"] })).toBe(false);
});
