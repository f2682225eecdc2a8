import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerLine } from "./batch";
import { run as check } from "./check";
import { run as diff } from "./diff";
import { readPastAlerts } from "./past-alerts";
import { captured } from "./testing/captured";

const yamlOf = (...matchers: string[]) => `route:
  receiver: chat
  routes:
${matchers.map((one) => `    - matchers: [${one}]\n      receiver: pager\n`).join("")}receivers:
  - name: chat
    slack_configs: [{api_url: "http://h", channel: "#x"}]
  - name: pager
    pagerduty_configs: [{routing_key: k}]
`;
const [BEFORE, AFTER] = [yamlOf("team=db"), yamlOf("team=db,severity=critical")];
const labels = { alertname: "Slow", team: "db" };
const HISTORY = [
  { labels, from: "2026-06-15T12:00:00Z", to: "2026-06-15T13:00:00Z" },
  { labels: { ...labels, severity: "critical" }, from: 1_781_611_200, to: 1_781_611_260.5 },
];

describe("the batch operation diff", () => {
  const ask = (more: object) =>
    JSON.parse(answerLine(JSON.stringify({ id: 1, op: "diff", before: BEFORE, after: AFTER, ...more })));

  it("tells of alerts when it is given some", () => {
    expect(ask({}).behaviour).toBeUndefined();
    expect(ask({ history: HISTORY }).behaviour).toMatchObject({
      ...{ basis: "history", days: 2, alerts: 2, gained: 0, lost: 0, moved: 1 },
      flows: [
        { from: "pager", to: "chat", alerts: 1, samples: [labels] },
        { from: "pager", to: "pager", alerts: 1 },
      ],
      urgencies: [{ from: "page", to: "chat", alerts: 1 }],
      losses: [{ receiver: "pager", alerts: 1, pages: 1 }],
      regroupings: [{ receiver: "pager", before: '{}/{team="db"}:{}', firing: 1 }],
    });
    expect(ask({ history: [] }).behaviour).toMatchObject({ basis: "witnesses" });
  });

  it.each([
    "all",
    [5],
    [{ labels: { a: 1 }, from: 0, to: 1 }],
    [{ labels, from: "noon", to: 1 }],
    [{ labels, from: 0 }],
    { sets: [{ labels, firings: [1] }] },
  ])("refuses a history such as %j", (history) => {
    expect(ask({ history })).toEqual({ id: 1, ok: false, error: expect.stringMatching(/^history must be/) });
  });

  it("refuses an alert that ends before it begins", () => {
    const error = "an alert of the history ends before it begins";
    expect(ask({ history: [{ labels, from: 2, to: 1 }] })).toEqual({ id: 1, ok: false, error });
  });
});

it("reads a history as a list, as lines, and as the app exports it", () => {
  const expected = [{ labels, firings: [1, 2, 5, 6] }];
  const list = [
    { labels, from: 5, to: 6 },
    { labels, from: 1, to: 2 },
  ];
  for (const text of [
    JSON.stringify(list),
    list.map((one) => JSON.stringify(one)).join("\n"),
    JSON.stringify({ sets: expected }),
  ]) {
    expect(readPastAlerts(text)).toEqual(expected);
  }
  for (const text of ["", "{", "5", '{"labels":{}}\n{']) {
    if (text === "") expect(readPastAlerts(text)).toEqual([]);
    else expect(() => readPastAlerts(text)).toThrow("history must be");
  }
});

describe("commands", () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "signalbox-behaviour-"));
    const dead = yamlOf("team=db", "team=db,severity=critical", 'team=~"web"');
    const files = { "before.yml": BEFORE, "after.yml": AFTER, "dead.yml": dead, "h.json": JSON.stringify(HISTORY) };
    for (const [name, text] of Object.entries(files)) writeFileSync(at(name), text);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("say what changes for the alerts of a file", async () => {
    const { code, out } = await captured(() => diff([at("before.yml"), at("after.yml"), "--history", at("h.json")]));
    expect(code).toBe(1);
    expect(out.slice(out.indexOf("Behaviour"))).toBe(`Behaviour: 0 gained, 0 lost, 1 moved (of 2 in 2 days)
  pager → chat: 1 alerts, such as {"alertname":"Slow","team":"db"}
  page becomes chat: 1 alerts
  pager loses 1 pages
  pager is notified again: {}/{severity="critical",team="db"}:{}
  pager: about 3 → 1 notifications (estimated)
  chat: about 0 → 1 notifications (estimated)
`);
  });

  it("say what changes for alerts that are made up, also as JSON", async () => {
    const { out } = await captured(() => diff(["--behaviour", at("before.yml"), at("after.yml")]));
    expect(out).toMatch(/\nBehaviour: 0 gained, 0 lost, \d+ moved \(of \d+ made up\)\n {2}pager → chat: /);
    const asJson = await captured(() =>
      diff([at("before.yml"), at("after.yml"), "--json", `--history=${at("h.json")}`]),
    );
    expect(JSON.parse(asJson.out)).toMatchObject({ plan: { changed: 1 }, behaviour: { moved: 1 } });
    expect(
      await captured(() => diff([at("before.yml"), at("after.yml"), "--history", at("before.yml")])),
    ).toMatchObject({
      ...{ code: 1, out: "" },
      err: expect.stringContaining("history must be"),
    });
  });

  it("lint when they are asked to, with the place in the file", async () => {
    const plain = await captured(() => check([at("dead.yml")]));
    expect(plain.out).not.toContain("route_shadowed");
    const { code, out } = await captured(() => check([at("dead.yml"), "--lint"]));
    expect(code).toBe(0);
    expect(out).toMatch(/dead\.yml:6:\d+: warning: This route is never reached: \{team="db"\} .* \[route_shadowed\]\n/);
    expect(out).toMatch(/dead\.yml:8:\d+: info: team=~"web" has only one value; write team="web" .*\n/);
  });
});
