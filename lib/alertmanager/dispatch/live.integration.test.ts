import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ALERTMANAGER_BINARY, type RunningAlertmanager, startAlertmanager } from "@/e2e/fixtures/alertmanager";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import { type SimulatedEvent, simulate } from "./simulate";

/** How late a message may be on a busy machine; the times of the scenario lie further apart. */
const LATE = 0.95;
const PROFILE = profileFor("alertmanager@0.25");

interface Heard {
  t: number;
  path: string;
  status: string;
  alerts: string[];
}

const names = (alerts: readonly { labels: Readonly<Record<string, string>>; status: string }[]) =>
  alerts.map(({ labels, status }) => `${labels.alertname}${labels.n ?? ""} ${status}`).sort();

describe.skipIf(!ALERTMANAGER_BINARY)("a real Alertmanager of 0.25 with short intervals", () => {
  let folder: string;
  let sink: Server;
  let running: RunningAlertmanager;
  let heard: Heard[];
  let began: number;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "signalbox-live-"));
    heard = [];
    sink = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = JSON.parse(Buffer.concat(chunks).toString());
      heard.push({
        t: (Date.now() - began) / 1000,
        path: request.url ?? "",
        status: body.status,
        alerts: names(body.alerts),
      });
      response.end();
    }).listen(0, "127.0.0.1");
    await once(sink, "listening");
  });
  afterEach(async () => {
    await running?.stop();
    sink.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("sends what the simulation says, when it says so", { timeout: 120_000 }, async () => {
    const { port } = sink.address() as AddressInfo;
    const yaml = `
global: {resolve_timeout: 20s}
route:
  receiver: default
  group_by: [alertname]
  group_wait: 1s
  group_interval: 4s
  repeat_interval: 10s
  routes:
    - {receiver: quiet, matchers: ['team="quiet"'], continue: true}
    - {receiver: default, matchers: ['team="quiet"']}
    - {receiver: muted, matchers: ['team="muted"'], mute_time_intervals: [always]}
receivers:
  - name: default
    webhook_configs: [{url: 'http://127.0.0.1:${port}/default', send_resolved: true}]
  - name: quiet
    webhook_configs: [{url: 'http://127.0.0.1:${port}/quiet', send_resolved: false}]
  - name: muted
    webhook_configs: [{url: 'http://127.0.0.1:${port}/muted'}]
inhibit_rules:
  - {source_matchers: ['severity="critical"'], target_matchers: ['severity="warning"'], equal: [alertname]}
time_intervals:
  - {name: always, time_intervals: [{weekdays: ['sunday:saturday']}]}
`;
    const events: SimulatedEvent[] = [
      { t: 0, alerts: [{ labels: { alertname: "Lag", n: "1", team: "quiet" } }] },
      {
        t: 2.5,
        alerts: [
          { labels: { alertname: "Lag", n: "2", team: "quiet" } },
          { labels: { alertname: "Muted", team: "muted" } },
        ],
      },
      {
        t: 3,
        alerts: [
          { labels: { alertname: "Disk", severity: "critical" } },
          { labels: { alertname: "Disk", severity: "warning", n: "w" } },
        ],
      },
      { t: 7, alerts: [{ labels: { alertname: "Lag", n: "1", team: "quiet" }, endsAt: 6.9 }] },
      { t: 10, alerts: [{ labels: { alertname: "Lag", n: "2", team: "quiet" }, endsAt: 9.9 }] },
    ];
    const until = 18;
    const { config } = parseConfig(yaml, { profile: PROFILE, newId: () => "id" });
    running = await startAlertmanager(yaml, folder);
    began = Date.now();
    for (const { t, alerts = [] } of events) {
      await delay(Math.max(0, began + t * 1000 - Date.now()));
      const posted = alerts.map(({ labels, endsAt }) => ({
        labels,
        ...(endsAt === undefined ? {} : { endsAt: new Date(began + endsAt * 1000).toISOString() }),
      }));
      const answer = await fetch(`${running.url}/api/v2/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(posted),
      });
      expect(answer.status).toBe(200);
    }
    await delay(Math.max(0, began + (until + LATE) * 1000 - Date.now()));

    const expected = simulate({ config: config!, profile: PROFILE, start: began, events, until }).map(
      ({ t, receiver, status, alerts }): Heard => ({ t, path: `/${receiver}`, status, alerts: names(alerts) }),
    );
    const inOrder = (list: readonly Heard[]) =>
      list.toSorted(
        (one, other) =>
          one.path.localeCompare(other.path) || one.alerts.join().localeCompare(other.alerts.join()) || one.t - other.t,
      );
    const [ours, theirs] = [inOrder(expected), inOrder(heard)];
    const without = (list: readonly Heard[]) => list.map(({ t: _t, ...rest }) => rest);
    expect(without(theirs)).toEqual(without(ours));
    expect(theirs.length).toBeGreaterThan(5);
    for (const [index, { t, path: where, alerts }] of theirs.entries()) {
      const due = ours[index]?.t ?? Number.NaN;
      expect(t - due, `${where} ${alerts.join()} came at ${t} s, was due at ${due} s`).toBeGreaterThan(-0.3);
      expect(t - due, `${where} ${alerts.join()} came at ${t} s, was due at ${due} s`).toBeLessThan(LATE);
    }
  });
});
