import { describe, expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import { type SimulatedAlert, type SimulatedEvent, type Simulation, simulate } from "./simulate";

const FOREVER = 1e6;

function configOf(text: string, version: string) {
  const profile = profileFor(`alertmanager@${version}`);
  return { profile, config: parseConfig(text, { profile, newId: () => "id" }).config! };
}

function run(text: string, events: SimulatedEvent[], options: Partial<Simulation> & { version?: string } = {}) {
  const { version = "0.34", ...rest } = options;
  return simulate({ ...configOf(text, version), start: Date.UTC(2026, 2, 2), events, until: 3600, ...rest });
}

const times = (...given: Parameters<typeof run>) => run(...given).map(({ t, reason }) => [t, reason]);
const fire = (t: number, labels: Record<string, string>, endsAt: number | undefined = FOREVER, startsAt = t) => ({
  t,
  alerts: [{ labels, startsAt, ...(endsAt !== undefined && { endsAt }) }],
});

const RECEIVERS = `receivers: [{name: r, webhook_configs: [{url: "http://x.example/"}]}]\n`;
const YAML = `route: {receiver: r, group_by: [alertname], group_wait: 30s, group_interval: 5m, repeat_interval: 1h}\n${RECEIVERS}`;
const A = { alertname: "A" };

describe("what is posted", () => {
  it("falls back to the clock and to resolve_timeout", () => {
    const text = `global: {resolve_timeout: 1m}\n${YAML}`;
    const [, resolved] = run(text, [{ t: 10, alerts: [{ labels: { ...A, empty: "" } }] }]);
    expect(resolved).toMatchObject({ t: 340, alerts: [{ labels: A, startsAt: 10, endsAt: 70 }] });
    expect(run(YAML, [{ t: 10, alerts: [{ labels: A }] }])[1]).toMatchObject({ alerts: [{ endsAt: 310 }] });
  });

  it("is left out when it is invalid, without hurting the others", () => {
    const bad: SimulatedAlert[] = [{ labels: {} }, { labels: { a: "" } }, { labels: A, startsAt: 5, endsAt: 4 }];
    expect(run(YAML, [{ t: 0, alerts: [...bad, { labels: { ...A, i: "1" } }] }])[0]!.alerts).toHaveLength(1);
  });

  it("keeps the earliest start and an explicit end that is later than a timeout", () => {
    const events = [fire(0, A, 2000), { t: 10, alerts: [{ labels: A, startsAt: 8 }] }];
    expect(run(YAML, events).at(-1)).toMatchObject({ status: "resolved", alerts: [{ startsAt: 0, endsAt: 2000 }] });
  });
});

describe("a group", () => {
  it("does not wait for an alert that is older than it would", () => {
    expect(times(YAML, [fire(100, A, FOREVER, 60)], { until: 200 })).toEqual([[100, "first notification"]]);
    expect(times(YAML, [fire(100, A, FOREVER, 70)], { until: 200 })).toEqual([[130, "first notification"]]);
  });

  it("is hurried by a later old alert until 0.29", () => {
    const events = [fire(0, { ...A, i: "1" }), fire(10, { ...A, i: "2" }, FOREVER, -60)];
    expect(times(YAML, events, { until: 100, version: "0.29" })).toEqual([[10, "first notification"]]);
    expect(times(YAML, events, { until: 100, version: "0.30" })).toEqual([[30, "first notification"]]);
  });

  it("ends with its last alert, before 0.32 only at the next maintenance", () => {
    const events = [fire(1, A, 300), fire(332, A)];
    expect(times(YAML, events, { until: 700 }).at(-1)).toEqual([362, "first notification"]);
    expect(times(YAML, events, { until: 700, version: "0.31" }).at(-1)).toEqual([631, "first notification"]);
    expect(times(YAML, [fire(1, A, 300), fire(361, A)], { until: 700, version: "0.31" }).at(-1)).toEqual([
      391,
      "first notification",
    ]);
  });

  it("keeps what is resolved while it cannot tell", () => {
    const fail = { t: 0, fail: { receiver: "r", until: 700 } };
    const notifications = run(YAML, [fire(1, A, 100), { t: 50, fail: { receiver: "r", until: 700 } }]);
    expect(notifications.map(({ t, failed = false, status }) => [t, status, failed])).toEqual([
      [31, "firing", false],
      [331, "resolved", true],
      [631, "resolved", true],
      [931, "resolved", false],
    ]);
    expect(times(YAML, [fail, fire(1, A, 100)])).toEqual([[31, "first notification"]]);
  });
});

it("forgets what it told after twice the repeat interval, or with the retention", () => {
  const mute = { matchers: [{ name: "alertname", op: "=" as const, value: "A" }], startsAt: 100, endsAt: 9000 };
  const text = YAML.replace("5m", "1h");
  const events = [fire(0, A), { t: 100, silence: mute }];
  expect(times(text, events, { until: 20_000 }).at(1)).toEqual([10_830, "first notification"]);
  const short = { t: 100, silence: { ...mute, endsAt: 3700 } };
  expect(times(text, [fire(0, A), short], { until: 8000 })[1]).toEqual([7230, "repeat interval elapsed"]);
  expect(times(text, [fire(0, A), short], { until: 8000, retention: 3600 })[1]).toEqual([7230, "first notification"]);
});

describe("a silence", () => {
  const silence = (t: number, startsAt: number, endsAt: number, value = "A") => ({
    t,
    silence: { matchers: [{ name: "alertname", op: "=~" as const, value }], startsAt, endsAt },
  });

  it("mutes from its start to its end, both included", () => {
    expect(times(YAML, [silence(0, 30, 330), fire(0, A)], { until: 700 })).toEqual([[630, "first notification"]]);
    expect(times(YAML, [silence(0, 31, 330), fire(0, A)], { until: 700 })).toEqual([[30, "first notification"]]);
  });

  it("is refused when it is over, or when it matches everything", () => {
    expect(times(YAML, [fire(0, A), silence(10, 0, 9), silence(10, 10, 500, ".*")], { until: 100 })).toHaveLength(1);
  });
});

it("renders the labels of routes, which may refer to each other; one that fails is left out", () => {
  const labels = `labels: {team: "{{ .CommonLabels.s }}", all: 'x-{{ routeLabels "team" }}', bad: "{{ fail }}"}`;
  const text = YAML.replace("receiver: r,", `receiver: r, ${labels},`);
  expect(run(text, [fire(0, { ...A, s: "db" })])[0]!.routeLabels).toEqual({ team: "db", all: "x-db" });
  expect(run(text, [fire(0, { ...A, s: "db" })], { version: "0.33" })[0]).not.toHaveProperty("routeLabels");
});

it("takes names for their own sake", () => {
  const labels = { ...A, ["__proto__"]: "x", constructor: "y" };
  const [sent] = run(YAML.replace("[alertname]", "['...']"), [fire(0, labels)]);
  expect(Object.keys(sent!.groupLabels)).toEqual(["__proto__", "alertname", "constructor"]);
});

it("orders alerts by job, by instance, then by how many labels there are", () => {
  const sets = [
    { ...A, z: "1" },
    { ...A, instance: "b" },
    { ...A, instance: "a", y: "1" },
    { ...A, job: "j", instance: "z" },
    { ...A },
    { ...A, b: "1" },
  ];
  const [sent] = run(YAML, [{ t: 0, alerts: sets.map((labels) => ({ labels, endsAt: FOREVER, startsAt: 0 })) }]);
  expect(sent!.alerts.map(({ labels }) => labels)).toEqual([sets[3], sets[2], sets[1], sets[4], sets[0], sets[5]]);
});

it("gives up on a time line without end", () => {
  const text = YAML.replace("5m", "1ms");
  expect(() => run(text, [fire(0, A)], { maxFlushes: 1000 })).toThrow(RangeError);
});
