import { expect, it } from "vitest";
import { answerLine } from "./batch";

const ask = (request: object) => JSON.parse(answerLine(JSON.stringify({ id: 1, op: "routes", ...request })));
const YAML = `route:
  receiver: all
  group_by: [alertname]
  labels: {owner: ops}
  routes:
    - matchers: [team="db"]
      receiver: db
      continue: true
      group_wait: 1m30s
      mute_time_intervals: [night]
      active_time_intervals: [day]
    - match_re: {team: "d."}
receivers: [{name: all}, {name: db}]
time_intervals:
  - {name: night, time_intervals: [{times: [{start_time: "00:00", end_time: "06:00"}]}]}
  - {name: day, time_intervals: [{times: [{start_time: "06:00", end_time: "24:00"}]}]}
`;

it("tells receivers, groups and keys of each label set", () => {
  const { ok, results } = ask({ yaml: YAML, labels: [{ alertname: "Down", team: "db" }, {}] });
  expect(ok).toBe(true);
  expect(results.map(({ receivers }: { receivers: string[] }) => receivers)).toEqual([["db", "all"], ["all"]]);
  expect(results[0].routes[0]).toEqual({
    receiver: "db",
    groupKey: '{}/{team="db"}:{alertname="Down"}',
    groupLabels: { alertname: "Down" },
    hash: "911cf54dbb38d92cad90be8234ebe268ff923f839d9bf3a529c6093290731830",
    routeKey: '{}/{team="db"}',
    routeID: '{}/{team="db"}/0',
    groupWait: "1m30s",
    groupInterval: "5m0s",
    repeatInterval: "4h0m0s",
    mute: ["night"],
    active: ["day"],
    labels: { owner: "ops" },
  });
  expect(results[0].routes[1]).toMatchObject({ routeID: '{}/{team=~"^(?:d.)$"}/1', labels: { owner: "ops" } });
});

it("takes one label set too", () => {
  expect(ask({ yaml: YAML, labels: { team: "dx" } }).results).toMatchObject([{ receivers: ["all"] }]);
});

it("asks the target's version", () => {
  expect(ask({ target: "alertmanager@0.33", yaml: YAML, labels: [{}] })).toEqual({
    id: 1,
    ok: false,
    error: "yaml: unmarshal errors:\n  line 4: field labels not found in type config.plain",
  });
});

it.each([
  ["route: {receiver: a}\n", 'undefined receiver "a" used in route'],
  ["", "no route provided in config"],
  ["route: [", "yaml: line 1: did not find expected node content"],
  ["route: {receiver: a, routes: [{matchers: [=]}]}\nreceivers: [{name: a}]\n", "bad matcher format: ="],
])("answers %j with upstream's words", (yaml, error) => {
  expect(ask({ yaml, labels: [{}] })).toEqual({ id: 1, ok: false, error });
});

it("routes by a configuration that loads, whatever files a reload would miss", () => {
  const yaml = `${YAML.replace("{name: db}", '{name: db, webhook_configs: [{url: "http://h", http_config: {tls_config: {ca_file: nope}}}]}')}`;
  expect(ask({ yaml, labels: [{}] })).toMatchObject({ ok: true });
});

it.each([
  [{ labels: [{}] }, "yaml must be a string"],
  [{ yaml: YAML, labels: null }, "labels must be a list of label sets"],
  [{ yaml: YAML, labels: [{ a: 1 }] }, "labels must be a list of label sets"],
  [{ yaml: YAML, labels: [["a"]] }, "labels must be a list of label sets"],
])("says what is wrong with %j", (request, error) => {
  expect(ask(request)).toEqual({ id: 1, ok: false, error });
});
