import { expect, it } from "vitest";
import type { Config, Route } from "../../config/types";
import { profileFor } from "../../profiles";
import { compileRoutes, matchRoutes } from "../../routing";
import { seeded } from "../../validation/random-config";
import { type BehaviourDiff, diffBehaviour } from "./diff-behaviour";
import { foldFirings, type PastAlerts } from "./past-alerts";

const RUNS = process.env.SOAK ? 5_000 : 60;
/** The same for everybody who commits; the soak looks further each time. */
const SEED = Number(process.env.SEED ?? (process.env.SOAK ? Date.now() % 1_000_000 : 1));
const profile = profileFor("alertmanager@0.34");
const random = seeded(SEED);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
const some = (most: number) => Array.from({ length: Math.floor(random() * (most + 1)) });
const NAMES = ["p", "q", "alertname"];
const VALUES = ["", "a", "b", "ab", "c"];
const RECEIVERS = ["x", "y", "z"].map((name, id) => ({
  ...{ id: `${id}`, name },
  ...(name !== "z" && { [name === "x" ? "pagerduty_configs" : "slack_configs"]: [{ id: `${name}0` }] }),
}));

function route(depth: number): Route {
  const matchers = some(2).map(() => {
    const op = pick(["=", "!=", "=~", "!~"]);
    return `${pick(NAMES)}${op}"${op.includes("~") ? pick(["a.*", "a|b", ".+", "[ab]"]) : pick(VALUES)}"`;
  });
  return {
    ...{ id: `${random()}`, receiver: pick(["x", "y", "z"]), matchers, continue: random() < 0.3 },
    ...(random() < 0.4 && { group_by: some(2).map(() => pick(NAMES)) }),
    ...(random() < 0.2 && { repeat_interval: pick(["1h", "2h"]) }),
    ...(depth > 0 && { routes: some(4).map(() => route(depth - 1)) }),
  };
}

function config(): Config {
  const { matchers: _, continue: __, ...root } = route(2);
  return { route: root, receivers: RECEIVERS };
}

/** An edit such as people make: one route changes, comes or goes. */
function edited(before: Config): Config {
  const routes = [...(before.route!.routes ?? [])];
  const at = Math.floor(random() * (routes.length + 1));
  routes.splice(at, pick([0, 1]), ...(random() < 0.7 ? [route(1)] : []));
  return { ...before, route: { ...before.route!, routes } };
}

function history(): PastAlerts[] {
  return foldFirings(
    some(40).map(() => {
      const from = Math.floor(random() * 100_000);
      const labels = Object.fromEntries(NAMES.map((name) => [name, pick(VALUES)]));
      return { labels: { ...labels, instance: pick(["1", "2"]) }, from, to: from + Math.floor(random() * 50_000) };
    }),
  );
}

/** What the definition says, asked of each alert in turn. */
function naive(before: Config, after: Config, alerts: readonly PastAlerts[]) {
  const [was, is] = [before, after].map((one) => compileRoutes(one, profile));
  const counts = { gained: 0, lost: 0, moved: 0 };
  const kept = new Map<string, number>();
  const groups = new Set<string>();
  for (const { labels, firings } of alerts) {
    const [old, now] = [was!, is!].map((tree) => matchRoutes(tree, labels));
    const receivers = (matches: typeof old) => new Set(matches!.map(({ receiver }) => receiver));
    const gone = receivers(old).difference(receivers(now));
    const come = receivers(now).difference(receivers(old));
    const count = firings.length / 2;
    if (gone.size > 0 && come.size > 0) counts.moved += count;
    else if (gone.size > 0) counts.lost += count;
    else if (come.size > 0) counts.gained += count;
    for (const receiver of receivers(old).intersection(receivers(now))) {
      kept.set(receiver, (kept.get(receiver) ?? 0) + count);
      const keys = (matches: typeof old) =>
        new Set(matches!.filter((match) => match.receiver === receiver).map(({ groupKey }) => groupKey));
      for (const key of keys(now).difference(keys(old))) groups.add(`${receiver} ${key}`);
    }
  }
  return { counts, kept, groups };
}

const changes = ({ flows, urgencies, regroupings, notifications, gained, lost, moved }: BehaviourDiff) => ({
  ...{ gained, lost, moved },
  flows: flows.map(({ from, to, alerts }) => `${from} ${to} ${alerts}`).sort(),
  urgencies: urgencies.map(({ from, to, alerts }) => `${from} ${to} ${alerts}`).sort(),
  regroupings: regroupings
    .map((one) => `${one.receiver} ${one.before} ${one.after} ${one.alerts} ${one.firing}`)
    .sort(),
  notifications: notifications.map(({ receiver, before, after }) => `${receiver} ${before} ${after}`).sort(),
});

const turned = (diff: BehaviourDiff): BehaviourDiff => ({
  ...diff,
  ...{ gained: diff.lost, lost: diff.gained },
  flows: diff.flows.map((flow) => ({ ...flow, from: flow.to, to: flow.from })),
  urgencies: diff.urgencies.map((flow) => ({ ...flow, from: flow.to, to: flow.from })),
  regroupings: diff.regroupings.map((one) => ({ ...one, before: one.after, after: one.before })),
  notifications: diff.notifications.map((one) => ({ ...one, before: one.after, after: one.before })),
});

it(`agrees with asking both trees about each alert (SEED=${SEED})`, () => {
  let changed = 0;
  for (let run = 0; run < RUNS; run++) {
    const before = config();
    const after = random() < 0.5 ? config() : edited(before);
    const alerts = history();
    if (alerts.length === 0) continue;
    const diff = diffBehaviour(before, after, profile, { history: alerts });
    const { counts, kept, groups } = naive(before, after, alerts);
    changed += diff.gained + diff.lost + diff.moved;
    expect({ gained: diff.gained, lost: diff.lost, moved: diff.moved }).toEqual(counts);
    const same = diff.flows.filter(({ from, to }) => from === to).map(({ to, alerts: count }) => [to, count]);
    expect(new Map(same as [string, number][])).toEqual(kept);
    const regrouped = diff.regroupings.filter(({ after: key }) => key !== null);
    expect(new Set(regrouped.map(({ receiver, after: key }) => `${receiver} ${key}`))).toEqual(groups);
    expect(diff.alerts).toBe(alerts.reduce((sum, { firings }) => sum + firings.length / 2, 0));
  }
  expect(changed).toBeGreaterThan(RUNS);
});

it(`finds nothing between a configuration and itself, and the mirror image the other way round (SEED=${SEED})`, () => {
  for (let run = 0; run < RUNS; run++) {
    const [before, alerts] = [config(), history()];
    const after = random() < 0.5 ? config() : edited(before);
    const options = { history: alerts };
    expect(changes(diffBehaviour(before, after, profile, options))).toEqual(
      changes(turned(diffBehaviour(after, before, profile, options))),
    );
    const same = diffBehaviour(before, structuredClone(before), profile, options);
    expect({ ...changes(same), flows: same.flows.filter(({ from, to }) => from !== to) }).toEqual({
      ...{ gained: 0, lost: 0, moved: 0, flows: [], urgencies: [], regroupings: [], notifications: [] },
    });
  }
});

it(`made up alerts show most edits that random ones show (SEED=${SEED})`, () => {
  let [shown, missed] = [0, 0];
  for (let run = 0; run < RUNS; run++) {
    const before = config();
    const after = edited(before);
    const alerts = Array.from({ length: 20 }, history).flat();
    const real = diffBehaviour(before, after, profile, { history: alerts });
    if (real.gained + real.lost + real.moved === 0) continue;
    const made = diffBehaviour(before, after, profile);
    if (made.gained + made.lost + made.moved > 0) shown++;
    else missed++;
  }
  expect(shown).toBeGreaterThan(RUNS / 10);
  // Rare luck aside.
  expect(missed).toBeLessThanOrEqual(1 + shown / 20);
});
