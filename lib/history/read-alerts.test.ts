import { expect, it } from "vitest";
import { hashOf } from "./heard-alert";
import { readAlerts } from "./read-alerts";

const NOW = new Date("2026-11-23T12:00:00Z");
const read = (body: string) => readAlerts(body, NOW);

// What Alertmanager answers to each of these; 0.25 was asked, and history.integration.test.ts asks the one that is here.
it.each([
  ["", 422, { code: 602, message: "alerts in body is required" }],
  ["[{}]", 422, { code: 602, message: "0.labels in body is required" }],
  ['[{"labels":{"a":"b"}},{}]', 422, { code: 602, message: "1.labels in body is required" }],
  ['[{"labels":{}}]', 400, "at least one label pair required"],
  ['[{"labels":{"a":""}},{"labels":{}}]', 400, "at least one label pair required; at least one label pair required"],
  ['[{"labels":{"":"x"}}]', 400, 'invalid label set: invalid name ""'],
  ['[{"labels":{"a":"b"},"annotations":{"":"x"}}]', 400, 'invalid annotations: invalid name ""'],
  [
    '[{"labels":{"a":"b"},"startsAt":"2024-01-02T00:00:00Z","endsAt":"2024-01-01T00:00:00Z"}]',
    400,
    "start time must be before end time",
  ],
  [
    '[{"labels":{"a":"b"},"generatorURL":"not a url"}]',
    422,
    { code: 601, message: '0.generatorURL in body must be of type uri: "not a url"' },
  ],
])("refuses %s as Alertmanager does", (body, status, answer) => {
  expect(read(body)).toEqual({ alerts: [], refusal: { status, body: answer } });
});

it.each([
  "{}",
  '"x"',
  "[1]",
  "[null]",
  "[[]]",
  "nonsense",
  '[{"labels":{"a":1}}]',
  '[{"labels":[]}]',
  '[{"labels":{"a":"b"},"startsAt":5}]',
])("cannot read %s", (body) => {
  expect(read(body).refusal).toMatchObject({ status: 400, body: { code: 400 } });
});

it.each(["yesterday", "2024-01-01", "2024-13-01T00:00:00Z"])("takes no %s for a time", (startsAt) => {
  expect(read(JSON.stringify([{ labels: { a: "b" }, startsAt }])).refusal).toMatchObject({ status: 400 });
});

it("takes the good alerts of a batch that it refuses", () => {
  const { alerts, refusal } = read('[{"labels":{"a":"b"}},{"labels":{}}]');
  expect(alerts.map(({ labels }) => labels)).toEqual([{ a: "b" }]);
  expect(refusal?.status).toBe(400);
});

it("makes out the times as Alertmanager does", () => {
  const times = (given: object) => {
    const [alert] = read(JSON.stringify([{ labels: { a: "b" }, ...given }])).alerts;
    return [alert?.startsAt.toISOString(), alert?.endsAt.toISOString()];
  };
  const now = NOW.toISOString();
  expect(times({})).toEqual([now, "2026-11-23T12:05:00.000Z"]);
  expect(times({ startsAt: "0001-01-01T00:00:00Z", endsAt: "" })).toEqual([now, "2026-11-23T12:05:00.000Z"]);
  expect(times({ endsAt: "2026-11-23T11:00:00+01:00" })).toEqual([
    "2026-11-23T10:00:00.000Z",
    "2026-11-23T10:00:00.000Z",
  ]);
  expect(times({ endsAt: "2026-11-23T13:00:00Z" })).toEqual([now, "2026-11-23T13:00:00.000Z"]);
  expect(times({ startsAt: "2026-11-23 11:00:00" })).toEqual(["2026-11-23T11:00:00.000Z", "2026-11-23T12:05:00.000Z"]);
});

it("keeps labels as they are, but for empty ones and what cannot be stored", () => {
  const body = '[{"Labels":{"a":"b","é b":"x","empty":"","nul":"\\u0000","half":"\\ud800"},"annotations":{"n":null}}]';
  expect(read(body).alerts[0]).toMatchObject({
    labels: { a: "b", "é b": "x", nul: "\uFFFD", half: "\uFFFD" },
    annotations: { n: "" },
  });
});

it("reads nothing out of null", () => {
  expect(read("null")).toEqual({ alerts: [], refusal: null });
  expect(read("[]")).toEqual({ alerts: [], refusal: null });
});

it("names a label set whatever the order of its labels", () => {
  expect(hashOf({ a: "1", b: "2" })).toBe(hashOf({ b: "2", a: "1" }));
  expect(hashOf({ a: "1", b: "2" })).not.toBe(hashOf({ a: "1b", "": "2" }));
});
