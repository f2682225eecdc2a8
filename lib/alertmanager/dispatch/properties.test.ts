import fc from "fast-check";
import { expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import { type SimulatedEvent, type SimulatedNotification, simulate } from "./simulate";

const YAML = `route:
  receiver: a
  group_by: [alertname]
  group_wait: 10s
  group_interval: 1m
  repeat_interval: 10m
  routes:
    - {receiver: b, matchers: [s=x], continue: true, group_by: ['...'], group_wait: 0s, repeat_interval: 150s}
receivers:
  - {name: a, webhook_configs: [{url: "http://x.example/"}, {url: "http://x.example/", send_resolved: false}]}
  - {name: b, webhook_configs: [{url: "http://x.example/"}]}
inhibit_rules: [{source_matchers: [s=x], target_matchers: ['s=~"x|y"'], equal: [alertname]}]
`;
const UNTIL = 4000;
const REPEAT: Record<string, number> = { a: 600, b: 150 };

const labels = fc.record({ alertname: fc.constantFrom("A", "B"), s: fc.constantFrom("x", "y", "z") });
const time = fc.integer({ min: 0, max: UNTIL * 1000 }).map((ms) => ms / 1000);
const event: fc.Arbitrary<SimulatedEvent> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ t: time, alerts: fc.tuple(fc.record({ labels })) }) },
  fc.record({ t: time, alerts: fc.tuple(fc.record({ labels, startsAt: fc.constant(0), endsAt: time })) }),
  time.map((t) => ({ t, fail: { receiver: "a", until: t + 200 } })),
);

it.each(["0.25", "0.31", "0.34"])("on %s holds what an operator counts on", (version) => {
  const profile = profileFor(`alertmanager@${version}`);
  const { config } = parseConfig(YAML, { profile, newId: () => "id" });
  const run = (events: SimulatedEvent[]) => simulate({ config: config!, profile, start: 0, events, until: UNTIL });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 25 }), (events) => {
      const sent = run(events);
      expect(run(events)).toEqual(sent);
      const first = Math.min(...events.map(({ t }) => t));
      const known = new Map<string, SimulatedNotification>();
      for (const notification of sent) {
        const { t, receiver, idx, groupKey, status, alerts, failed, reason } = notification;
        expect(t).toBeGreaterThanOrEqual(first);
        expect(t).toBeLessThanOrEqual(UNTIL);
        expect(alerts.length).toBeGreaterThan(0);
        expect(status).toBe(alerts.some((alert) => alert.status === "firing") ? "firing" : "resolved");
        for (const alert of alerts) {
          expect(alert.status).toBe(alert.endsAt === null ? "firing" : "resolved");
          if (alert.endsAt !== null) expect(alert.endsAt).toBeLessThanOrEqual(t);
          if (receiver === "a" && idx === 1) expect(alert.status).toBe("firing");
        }
        if (failed) continue;
        const key = `${receiver}/${idx}/${groupKey}`;
        const before = known.get(key);
        // A receiver first hears of what is wrong, never twice in a row that all is well.
        if (status === "resolved") expect(before?.status).toBe("firing");
        if (reason === "repeat interval elapsed") expect(t - before!.t).toBeGreaterThan(REPEAT[receiver]!);
        known.set(key, notification);
      }
    }),
    { numRuns: 100 },
  );
});
