import { expect, it } from "vitest";
import { type Config, DEFAULT_PROFILE_ID, profileFor } from "@/lib/alertmanager";
import type { Firings } from "@/lib/history/contract";
import { receiverActivity, receiversOf } from "./activity";

const config: Config = {
  route: {
    id: "r",
    receiver: "default",
    routes: [
      { id: "a", receiver: "db", matchers: ['team="db"'], continue: true },
      { id: "b", receiver: "pager", matchers: ['severity="critical"'] },
    ],
  },
  receivers: ["default", "db", "pager", "nobody"].map((name) => ({ id: name, name })),
};
const at = (hour: number) => Date.UTC(2026, 10, 23, hour) / 1000;

it("counts each alert where it went, in the part of the window in which it began", () => {
  const firings: Firings = {
    from: new Date(at(0) * 1000).toISOString(),
    to: new Date(at(4) * 1000).toISOString(),
    truncated: false,
    sets: [
      { labels: { team: "db", severity: "critical" }, firings: [at(0), at(1), at(3), at(4)] },
      { labels: { team: "db" }, firings: [at(1), at(2)] },
      // Began before the window: it is known there, and no part of it counts it.
      { labels: {}, firings: [at(-2), at(1), at(4), at(5)] },
    ],
  };
  expect(receiverActivity(config, profileFor(DEFAULT_PROFILE_ID), firings, 4)).toEqual([
    { receiver: "db", counts: [1, 1, 0, 1], total: 3 },
    { receiver: "pager", counts: [1, 0, 0, 1], total: 2 },
    { receiver: "default", counts: [0, 0, 0, 1], total: 1 },
    { receiver: "nobody", counts: [0, 0, 0, 0], total: 0 },
  ]);
});

it("names the receivers of one alert once, on the target that is asked about", () => {
  const config = {
    route: {
      ...{ id: "r", receiver: "chat" },
      routes: [
        { id: "a", receiver: "pager", matchers: ["team=db"], continue: true },
        { id: "b", receiver: "pager", matchers: ["severity=page"] },
      ],
    },
  };
  expect(receiversOf(config, undefined, { team: "db", severity: "page" })).toEqual(["pager"]);
  expect(receiversOf(config, undefined, {})).toEqual(["chat"]);
  expect(receiversOf(config, 'alertmanager@0.34{namespace="shop"}', {})).toEqual([]);
  expect(receiversOf({}, undefined, {})).toEqual([]);
});
