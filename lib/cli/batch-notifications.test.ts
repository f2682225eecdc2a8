import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { answerLine } from "./batch";

const ask = (request: object) => JSON.parse(answerLine(JSON.stringify({ id: 1, op: "notifications", ...request })));
const folder = new URL("../alertmanager/notifications/testdata/", import.meta.url);
const alerts = JSON.parse(readFileSync(new URL("notifications-alerts.json", folder), "utf8"));
const cases = readFileSync(new URL("notifications.jsonl", folder), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line))
  .filter(({ requests }) => !JSON.stringify(requests).includes("<!DOCTYPE html PUBLIC"));

/** Headers of mails stand in the order of a Go map. */
function sorted(request: { data?: string }) {
  const [head, ...rest] = (request.data ?? "").split("\r\n\r\n");
  return { ...request, data: [head!.split("\r\n").sort().join("\r\n"), ...rest].join("\r\n\r\n") };
}

describe("the recorded cases as lines of batch", () => {
  it.each(cases)("$id", ({ version, requests, errors, crash, alerts: name, ...given }) => {
    const answer = ask({ ...given, target: `alertmanager@${version}`, alerts: alerts[name] });
    const expected = JSON.parse(JSON.stringify({ id: given.id, ok: true, requests, errors, crash }));
    const comparable = (from: typeof expected) => ({ ...from, requests: from.requests.map(sorted) });
    expect(comparable(answer)).toEqual(comparable(expected));
  });
});

const config = `
route: {receiver: a}
receivers: [{name: a, webhook_configs: [{url: "http://example.org/x"}]}]
`;

it("keeps an address that is no placeholder", () => {
  const { requests } = ask({ config, alerts: [[{ labels: { alertname: "A" } }]] });
  expect(requests).toMatchObject([{ phase: 0, scheme: "http", host: "example.org", path: "/x" }]);
});

it("refuses what the target refuses", () => {
  const answer = ask({ config: "receivers: []", alerts: [] });
  expect(answer).toEqual({ id: 1, ok: false, error: "no routes provided" });
});

it.each([
  [{ config: 1 }, "config must be a string"],
  [{ config, alerts: {} }, "alerts must be a list of phases, each a list of alerts with labels"],
  [{ config, alerts: [[{ labels: { a: 1 } }]] }, "alerts must be a list of phases, each a list of alerts with labels"],
  [{ config, alerts: [], files: { a: 1 } }, "files must be an object of texts"],
  [{ config, alerts: [], server: 1 }, "server must be an object"],
  [{ config, alerts: [], externalURL: 1 }, "externalURL must be a string"],
])("%j is a bad request", (request, error) => {
  expect(ask(request)).toEqual({ id: 1, ok: false, error });
});
