import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import { type SimulatedAlert, type SimulatedNotification, type SimulatedSilence, simulate } from "./simulate";

interface RecordedEvent {
  t: number;
  alerts?: SimulatedAlert[];
  silence?: SimulatedSilence;
  reload?: string;
  fail?: { receiver: string; until: number };
}

interface RecordedOnWall {
  t: number;
  /** Of the webhook: `/receiver/index`. */
  path: string;
  receiver: string;
  groupKey: string;
  status: string;
  /** Only where the version tells it. */
  reason?: string;
  alerts: { labels: Record<string, string>; status: string }[];
}

interface Case {
  id: string;
  clock: "virtual" | "wall";
  start?: string;
  yaml: string;
  events: RecordedEvent[];
  until: number;
  notifications?: SimulatedNotification[];
  expect?: Record<string, { notifications: RecordedOnWall[] }>;
}

const cases = readFileSync(new URL("./testdata/dispatch.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Case);
const virtual = cases.filter(({ clock }) => clock === "virtual");
const onWall = cases.flatMap((given) =>
  Object.entries(given.expect ?? {}).map(([version, expected]) => ({ ...given, version, expected })),
);

function run({ yaml, start = "2026-03-02T08:00:00Z", events, until }: Case, version: string) {
  const profile = profileFor(`alertmanager@${version}`);
  const read = (text: string) => {
    const source = text.replaceAll("{HTTP}", "http://sink.example");
    const { config, diagnostics } = parseConfig(source, { profile, newId: () => "id" });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    return config!;
  };
  return simulate({
    config: read(yaml),
    profile,
    start: Date.parse(start),
    events: events.map(({ reload, ...event }) => ({ ...event, ...(reload !== undefined && { reload: read(reload) }) })),
    until,
  });
}

/** To the millisecond, as recorded. */
function rounded(notifications: readonly SimulatedNotification[]) {
  const round = (seconds: number) => Math.round(seconds * 1000) / 1000;
  return notifications.map((notification) => ({
    ...notification,
    t: round(notification.t),
    alerts: notification.alerts.map((alert) => ({
      ...alert,
      startsAt: round(alert.startsAt),
      endsAt: alert.endsAt === null ? null : round(alert.endsAt),
    })),
  }));
}

/** By whom and what they are about: what is due together arrives in any order. */
function inOrder<T extends { path: string; groupKey: string; t: number }>(notifications: readonly T[]): T[] {
  const key = ({ path, groupKey }: T) => `${path} ${groupKey}`;
  return notifications.toSorted((left, right) => key(left).localeCompare(key(right)) || left.t - right.t);
}

describe("the simulation notifies as the real program", () => {
  it("knows all recorded time lines", () => {
    expect({ virtual: virtual.length, wall: onWall.length }).toEqual({ virtual: 168, wall: 39 });
  });

  it.each(virtual)("$id", (given) => {
    expect(rounded(run(given, "0.34"))).toEqual(rounded(given.notifications!));
  });

  it.each(onWall)("$id on $version", (given) => {
    const recorded = inOrder(given.expected.notifications);
    const found = inOrder(
      run(given, given.version).map((notification) => ({
        ...notification,
        path: `/${notification.receiver}/${notification.idx}`,
      })),
    );
    expect(
      found.map(({ path, receiver, groupKey, status, reason, alerts }, index) => ({
        ...{ path, receiver, groupKey, status },
        ...(recorded[index]?.reason !== undefined && { reason }),
        alerts: alerts.map((alert) => ({ labels: alert.labels, status: alert.status })),
      })),
    ).toEqual(recorded.map(({ t: _, ...notification }) => notification));
    for (const [index, { t }] of found.entries()) expect(Math.abs(t - recorded[index]!.t)).toBeLessThanOrEqual(0.5);
  });
});
