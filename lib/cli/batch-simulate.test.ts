import { describe, expect, it } from "vitest";
import { answerLine } from "./batch";

const ask = (request: object) => JSON.parse(answerLine(JSON.stringify({ id: 1, op: "simulate", ...request })));
const YAML = `route: {receiver: all, group_by: [alertname]}
receivers: [{name: all, webhook_configs: [{url: "http://sink.example/"}]}, {name: mute}]
`;
const alert = { labels: { alertname: "Down", job: "db" }, startsAt: 1, endsAt: 400 };
const request = { start: "2026-03-02T08:00:00Z", yaml: YAML, until: 1000, events: [{ t: 1, alerts: [alert] }] };

it("tells what is sent, when and why", () => {
  const same = {
    ...{ receiver: "all", integration: "webhook", idx: 0 },
    ...{ groupKey: '{}:{alertname="Down"}', groupLabels: { alertname: "Down" } },
  };
  const told = { labels: alert.labels, startsAt: 1 };
  expect(ask(request)).toEqual({
    id: 1,
    ok: true,
    notifications: [
      {
        ...{ t: 31, ...same, status: "firing", reason: "first notification" },
        alerts: [{ ...told, status: "firing", endsAt: null }],
      },
      {
        ...{ t: 631, ...same, status: "resolved", reason: "all alerts resolved" },
        alerts: [{ ...told, status: "resolved", endsAt: 400 }],
      },
    ],
  });
});

it("knows the placeholder of recordings, and tells the path behind it as they do", () => {
  const [sent] = ask({ ...request, yaml: YAML.replace("http://sink.example/", "{HTTP}/all/0") }).notifications;
  expect(sent).toMatchObject({ path: "/all/0", receiver: "all", idx: 0 });
});

it("puts a reload into force, unless the target refuses it", () => {
  const receiversOf = (reload: string) =>
    ask({ ...request, events: [...request.events, { t: 10, reload }] }).notifications.length;
  expect(receiversOf(YAML.replace("receiver: all", "receiver: mute"))).toBe(0);
  expect(receiversOf(YAML.replace("receiver: all", "receiver: nobody"))).toBe(2);
});

it("answers by the target's version", () => {
  const rule = `inhibit_rules: [{source_matchers: ['s=~"a|b"'], target_matchers: ['s=~"b|c"']}]`;
  const alerts = ["a", "b", "c"].map((s) => ({ labels: { alertname: "X", s }, startsAt: 0, endsAt: 9000 }));
  const of = (target: string) =>
    ask({ ...request, target, yaml: YAML + rule, events: alerts.map((one, t) => ({ t, alerts: [one] })) });
  const labels = (target: string) => of(target).notifications[0].alerts.map((one: typeof alert) => one.labels);
  expect(labels("alertmanager@0.28")).toHaveLength(1);
  expect(labels("alertmanager@0.34")).toHaveLength(2);
});

it("says what the target would say of a configuration that it refuses", () => {
  const yaml = YAML.replace("receiver: all", "receiver: nobody");
  expect(ask({ ...request, yaml })).toEqual({
    id: 1,
    ok: false,
    error: 'undefined receiver "nobody" used in route',
  });
});

describe("a request that makes no sense", () => {
  it.each([
    [{ yaml: 5 }, "yaml must be a string"],
    [{ until: "soon" }, "until must be a number of seconds"],
    [{ start: "noon" }, "start must be a time such as 2026-03-02T08:00:00Z"],
    [{ events: {} }, "events must be a list"],
    [{ events: [{ alerts: [] }] }, "an event needs a time t in seconds and alerts, silence, reload or fail"],
    [
      { events: [{ t: 0, alerts: [{ labels: { a: 1 } }] }] },
      "alerts must be a list of alerts with labels, startsAt and endsAt in seconds",
    ],
    [
      { events: [{ t: 0, silence: { matchers: [{ name: "a", op: "is", value: "b" }], startsAt: 0, endsAt: 1 } }] },
      "silence must have matchers, startsAt and endsAt in seconds",
    ],
    [{ events: [{ t: 0, fail: { receiver: "all" } }] }, "fail must have a receiver and until in seconds"],
    [{ events: [{ t: 0, reload: {} }] }, "reload must be a string"],
  ])("%j", (change, error) => {
    expect(ask({ ...request, ...change })).toEqual({ id: 1, ok: false, error });
  });
});
