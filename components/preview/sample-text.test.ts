import { describe, expect, it } from "vitest";
import { isTime, pairsOf, readAlerts, textsOf } from "./sample-text";

const labels = { alertname: "ReplicationLag", team: "db" };
const alert = { labels, annotations: { summary: "behind" }, startsAt: "2026-01-02T03:04:05.678+01:00" };

describe("a pasted text", () => {
  it("may be what Alertmanager's API answers", () => {
    const fromApi = {
      ...alert,
      endsAt: "2026-01-02T04:00:00Z",
      fingerprint: "ab",
      status: { state: "active" },
      receivers: [],
    };
    expect(readAlerts(JSON.stringify([fromApi, { labels }]))).toEqual({ alerts: [alert, { labels }], problem: null });
  });

  it("may be what Prometheus answers, where the start has another name", () => {
    const text = JSON.stringify({
      status: "success",
      data: {
        alerts: [{ labels, annotations: {}, state: "firing", activeAt: "2026-01-02T03:04:05Z", value: "1e+00" }],
      },
    });
    expect(readAlerts(text).alerts).toEqual([{ labels, annotations: {}, startsAt: "2026-01-02T03:04:05Z" }]);
  });

  it("may be a webhook's body, or one alert alone", () => {
    expect(readAlerts(JSON.stringify({ version: "4", alerts: [alert] })).alerts).toEqual([alert]);
    expect(readAlerts(JSON.stringify(alert)).alerts).toEqual([alert]);
  });

  it("says what is wrong with it", () => {
    expect(readAlerts("{").problem).toBe("json");
    expect(readAlerts("[]").problem).toBe("none");
    for (const wrong of [[{ labels: {} }], [{ labels: { a: 1 } }], [{ ...alert, startsAt: "yesterday" }], 7, null]) {
      expect(readAlerts(JSON.stringify(wrong)).problem, JSON.stringify(wrong)).toBe("alert");
    }
  });
});

describe("rows", () => {
  it("go to texts and back, without those that have no name", () => {
    expect(textsOf(pairsOf(labels))).toEqual({ texts: labels, twice: null });
    expect(textsOf([{ id: 0, name: "", value: "x" }]).texts).toEqual({});
  });

  it("may not say one name twice", () => {
    const pairs = [...pairsOf({ team: "db" }), { id: 7, name: "team", value: "web" }];
    expect(textsOf(pairs).twice).toBe("team");
  });
});

it("a time is written as RFC 3339, or left out", () => {
  expect(["", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05+02:00"].every(isTime)).toBe(true);
  expect(["2026-01-02", "soon"].some(isTime)).toBe(false);
});
