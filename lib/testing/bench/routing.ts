import { availableParallelism, loadavg } from "node:os";
import {
  type Config,
  compileRoutes,
  diffBehaviour,
  findRoutes,
  lintConfig,
  type PastAlerts,
  profileFor,
  type Route,
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

/** Finding routes, comparing behaviour over a history, and the lints: what people wait for while they edit routes. */
export function benchRouting(): void {
  section("Routes (in process, median)");
  const before = flatConfig(ROUTES);
  const compiled = compileRoutes(before, PROFILE);
  const alert = { alertname: "Down", team: `team-${ROUTES / 2}`, severity: "critical" };
  const thousand = () => {
    for (let time = 0; time < 1_000; time++) findRoutes(compiled, alert);
  };
  tell(
    "an alert's routes among 10,000 siblings",
    "µs",
    52,
    times(50, () => thousand),
  );
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

function tell(what: string, unit: string, goal: number | undefined, { wall, busy }: Took): void {
  figure({ what, value: wall, unit, ...(goal !== undefined && { goal }) });
  figure({ what: "    of it on a processor", value: busy, unit });
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
