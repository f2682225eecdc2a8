import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import path from "node:path";
import {
  type Config,
  compileRoutes,
  diffBehaviour,
  findRoutes,
  lintConfig,
  type PastAlerts,
  profileFor,
  type Route,
  renderConfig,
} from "@/lib/alertmanager";
import { figure, note, quantile, section } from "./figures";

const PROFILE = profileFor("alertmanager@0.34");
const ROUTES = 10_000;
const LABEL_SETS = 200_000;
const FIRINGS = 5;
const HOUR = 3_600;

interface Took {
  /** Milliseconds by the clock, and on a processor. */
  wall: number;
  busy: number;
}

/** In µs per alert: what Go takes in its own process, measured on another machine. */
const GO = { thousand: 78, siblings: 2_600, tree: 1 };
/** Goals: fifty times as fast as Go among siblings, at most half as long again in a tree. */
const GOAL = { siblings: GO.siblings / 50, tree: GO.tree * 1.5 };
/** A figure of the clock says as much about the other programs of the machine. */
const PER_LOOK = 2_000;

/** Finding routes, comparing behaviour over a history, and the lints: what people wait for while they edit routes. */
export function benchRouting(): void {
  section(
    "An alert's routes (in process, median of processor time); Go's own figure is from a reference machine, amtool is a whole process",
  );
  const before = flatConfig(ROUTES);
  const among = (count: number) => ({ alertname: "Down", team: `team-${count / 2}`, severity: "critical" });
  routesOf("among 1,000 siblings", flatConfig(1_000), among(1_000), { go: GO.thousand });
  const siblings = { go: GO.siblings, goal: GOAL.siblings };
  routesOf("among 10,000 siblings", before, among(ROUTES), siblings);
  const leaf = { alertname: "Down", severity: "critical", level0: "v3", level1: "v4", level2: "v5", level3: "v6" };
  routesOf("in a tree of 10,000, ten below each", treeConfig(ROUTES), leaf, { go: GO.tree, goal: GOAL.tree });

  section("Changes of routes (in process, median of processor time)");
  let config = before;
  const again = () => {
    const next = edited(config);
    config = next;
    return () => compileRoutes(next, PROFILE);
  };
  tell("10,000 routes compiled again after an edit", "ms", undefined, times(9, again));

  const history = alerts();
  config = edited(before);
  const whole = () => diffBehaviour(before, config, PROFILE, { history });
  tell("1,000,000 alerts, 10,000 routes: behaviour", "s", 5, seconds(times(1, () => whole)));
  const next = () => {
    config = edited(config);
    return whole;
  };
  tell("the same again after an edit", "ms", 200, times(9, next));

  let five = flatConfig(5_000);
  lintConfig(five, PROFILE);
  const lints = () => {
    five = edited(five);
    return () => lintConfig(five, PROFILE);
  };
  tell("lints of 5,000 routes after an edit", "ms", 200, times(9, lints));
  note(`${loadavg()[0]?.toFixed(1)} processes wanted the ${availableParallelism()} processors`);
}

function routesOf(
  what: string,
  config: Config,
  labels: Readonly<Record<string, string>>,
  { go, goal }: { go: number; goal?: number },
): void {
  const compiled = compileRoutes(config, PROFILE);
  if (findRoutes(compiled, labels)[0]?.parent === null) throw new Error("the alert of the bench takes no route");
  const look = () => {
    for (let time = 0; time < PER_LOOK; time++) findRoutes(compiled, labels);
  };
  for (let time = 0; time < 20; time++) look();
  const { busy } = times(50, () => look);
  const value = (busy * 1_000) / PER_LOOK;
  figure({ what, value, unit: "µs", ...(goal !== undefined && { goal }), peer: { name: "Go", value: go } });
  const amtool = wholeProcess(config, labels);
  const told =
    amtool === null ? "not installed" : `${amtool.toFixed(0)} ms, ${((amtool * 1_000) / value).toFixed(0)} ×`;
  note(`${" ".repeat(4)}amtool config routes test: ${told}`);
}

/** Milliseconds of the real program, which reads the configuration each time. */
function wholeProcess(config: Config, labels: Readonly<Record<string, string>>): number | null {
  if (spawnSync("amtool", ["--version"]).error) return null;
  const folder = mkdtempSync(path.join(tmpdir(), "signalbox-bench-"));
  try {
    const file = path.join(folder, "alertmanager.yml");
    writeFileSync(file, renderConfig({ config: withBareReceivers(config), source: null }).yaml);
    const asked = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
    const took = Array.from({ length: 3 }, () => {
      const began = performance.now();
      const { status, stderr } = spawnSync("amtool", ["config", "routes", "test", `--config.file=${file}`, ...asked], {
        encoding: "utf8",
      });
      if (status !== 0) throw new Error(`amtool refuses the routes of the bench: ${stderr}`);
      return performance.now() - began;
    });
    return quantile(took, 0.5);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where alerts go does not depend on what a receiver sends. */
function withBareReceivers(config: Config): Config {
  return { ...config, receivers: config.receivers?.map(({ id, name }) => ({ id, name })) ?? [] };
}

function tell(what: string, unit: string, goal: number | undefined, { wall, busy }: Took): void {
  figure({ what, value: busy, unit, ...(goal !== undefined && { goal }) });
  note(`${" ".repeat(4)}by the clock ${wall.toPrecision(3)} ${unit}`);
}

function seconds({ wall, busy }: Took): Took {
  return { wall: wall / 1_000, busy: busy / 1_000 };
}

function flatConfig(count: number): Config {
  const routes = Array.from({ length: count }, (_, index): Route => {
    const matchers = [`team="team-${index}"`, 'severity=~"critical|warning"'];
    return { id: `${index}`, receiver: `team-${index % 500}`, matchers, group_by: ["alertname", "cluster"] };
  });
  const receivers = Array.from({ length: 500 }, (_, index) => ({
    ...{ id: `${index}`, name: `team-${index}` },
    [index % 3 ? "slack_configs" : "pagerduty_configs"]: [{ id: `i${index}` }],
  }));
  return {
    route: { id: "root", receiver: "team-0", group_by: ["alertname"], routes },
    receivers: receivers as Config["receivers"] & object,
  };
}

/** Level by level, ten routes below each. */
function treeConfig(count: number): Config {
  const { receivers = [] } = flatConfig(1);
  const root: Route = { id: "root", receiver: "team-0", routes: [] };
  let made = 0;
  let parents = [root];
  for (let level = 0; made < count; level++) {
    const below: Route[] = [];
    for (const parent of parents) {
      for (let at = 0; at < 10 && made < count; at++) {
        const matchers = [`level${level}="v${at}"`, 'severity=~"critical|warning"'];
        const route: Route = { id: `${++made}`, receiver: `team-${made % 500}`, matchers, routes: [] };
        (parent.routes as Route[]).push(route);
        below.push(route);
      }
    }
    parents = below;
  }
  return { route: root, receivers };
}

let edits = 0;

/** One route goes to another receiver. */
function edited(config: Config): Config {
  const routes = [...(config.route?.routes ?? [])];
  const at = (++edits * 37) % routes.length;
  routes[at] = { ...(routes[at] as Route), receiver: `team-${(edits * 11 + 7) % 500}` };
  return { ...config, route: { ...(config.route as Route), routes } };
}

function alerts(): PastAlerts[] {
  return Array.from({ length: LABEL_SETS }, (_, index) => ({
    labels: {
      alertname: `Alert${index % 90}`,
      team: `team-${(index * 11) % (ROUTES + 500)}`,
      severity: ["critical", "warning", "info"][index % 3] as string,
      cluster: `c${index % 4}`,
      instance: `host-${index}`,
    },
    firings: Array.from({ length: FIRINGS }, (_, time) => (index % 1_000) + time * 30 * HOUR).flatMap((from) => [
      from,
      from + 2 * HOUR,
    ]),
  }));
}

/** The medians of what is prepared each time and then measured. */
function times(count: number, prepare: () => () => void): Took {
  const took = Array.from({ length: count }, (): Took => {
    const work = prepare();
    const used = process.cpuUsage();
    const began = performance.now();
    work();
    const wall = performance.now() - began;
    const { user, system } = process.cpuUsage(used);
    return { wall, busy: (user + system) / 1_000 };
  });
  const median = (key: keyof Took) =>
    quantile(
      took.map((one) => one[key]),
      0.5,
    );
  return { wall: median("wall"), busy: median("busy") };
}
