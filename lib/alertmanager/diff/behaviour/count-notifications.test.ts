import { describe, expect, it } from "vitest";
import { simulate } from "../../dispatch";
import { profileFor } from "../../profiles";
import { seeded } from "../../validation/random-config";
import { countNotifications } from "./count-notifications";

const RHYTHM = { wait: 30, interval: 300, repeat: 14_400, sendsResolved: true, isMuted: () => false };

describe("a group", () => {
  it.each([
    ["one alert: begins, ends", [0, 1000], {}, 2],
    ["one alert, its end untold", [0, 1000], { sendsResolved: false }, 1],
    ["an alert that is over before group_wait", [0, 10], {}, 0],
    ["repeated", [0, 50_000], {}, 1 + 3 + 1],
    ["still firing at the end", [0, 200_000], {}, 7],
    ["a second alert later", [0, 5000, 1000, 5000], {}, 3],
    ["two at once", [0, 5000, 10, 5000], {}, 2],
    ["two episodes", [0, 1000, 20_000, 21_000], {}, 4],
    ["one ends earlier", [0, 5000, 0, 1000], {}, 3],
    ["muted throughout", [0, 5000], { isMuted: () => true }, 0],
    ["muted in the beginning", [0, 5000], { isMuted: (at: number) => at < 2000 }, 2],
    ["none", [], {}, 0],
  ])("%s", (_, firings, more, expected) => {
    expect(countNotifications(firings, { ...RHYTHM, ...more }, 100_000)).toBe(expected);
  });

  it("gets about as many as the simulation sends", () => {
    const random = seeded(4);
    let [estimated, simulated] = [0, 0];
    for (let run = 0; run < 40; run++) {
      const firings = Array.from({ length: 1 + Math.floor(random() * 5) }, () => {
        const from = Math.floor(random() * 80_000);
        return [from, from + 400 + Math.floor(random() * 20_000)] as const;
      });
      const config = {
        route: { id: "r", receiver: "a", group_by: [] },
        receivers: [{ id: "a", name: "a", webhook_configs: [{ id: "w", url: "http://h" }] }],
      };
      const events = firings.map(([startsAt, endsAt], index) => {
        return { t: startsAt, alerts: [{ labels: { alertname: `${index}` }, startsAt, endsAt }] };
      });
      const profile = profileFor("alertmanager@0.34");
      simulated += simulate({ config, profile, start: 0, events, until: 100_000 }).length;
      estimated += countNotifications(firings.flat(), RHYTHM, 100_000);
    }
    expect(simulated).toBeGreaterThan(200);
    expect(Math.abs(estimated / simulated - 1)).toBeLessThan(0.05);
  });
});
