import { expect, it } from "vitest";
import { compileRoutes, parseConfig, profileFor } from "@/lib/alertmanager";
import { labelsFor, receiversOf } from "./labels-for";

const profile = profileFor("alertmanager@0.34");
const yaml = `
route:
  receiver: default
  routes:
    - {receiver: shadow, matchers: ['team="web"']}
    - receiver: db
      matchers: ['team=~"db|storage"']
      routes: [{receiver: db-page, matchers: ['severity="critical"', 'env!="dev"']}]
    - {receiver: hidden, matchers: ['team="web"', 'x="1"']}
    - {receiver: odd, matchers: ['host=~"a.+"']}
    - {receiver: named, matchers: ['alertname="Watchdog"']}
receivers: [{name: default}, {name: shadow}, {name: db}, {name: db-page}, {name: hidden}, {name: odd}, {name: named}]
`;
const routes = compileRoutes(parseConfig(yaml, { profile, newId: () => crypto.randomUUID() }).config ?? {}, profile);
const FIXED = { alertname: "[TEST] A", signalbox_test: "true" };

it.each([
  ["default", {}],
  ["shadow", { team: "web" }],
  ["db", { team: "db" }],
  ["db-page", { team: "db", severity: "critical" }],
  ["named", { alertname: "Watchdog" }],
])("%s gets an alert with %j", (receiver, more) => {
  const labels = labelsFor(routes, receiver, FIXED);
  expect(labels).toEqual({ ...FIXED, ...more });
  expect(receiversOf(routes, labels ?? {})).toContain(receiver);
});

it.each(["hidden", "odd", "nobody"])("%s is not reached by guessing", (receiver) => {
  expect(labelsFor(routes, receiver, FIXED)).toBeNull();
});

it("what somebody says themselves is tried with the rest", () => {
  expect(labelsFor(routes, "odd", { ...FIXED, host: "abc" })).toEqual({ ...FIXED, host: "abc" });
});
