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
import { figure, quantile, section } from "./figures";

const PROFILE = profileFor("alertmanager@0.34");
const ROUTES = 10_000;
const LABEL_SETS = 200_000;
const FIRINGS = 5;
const HOUR = 3_600;

/** Finding routes, comparing behaviour over a history, and the lints: what people wait for while they edit routes. */
export function benchRouting(): void {
  section("Routes (in process, median)");
  const before = flatConfig(ROUTES);
  const compiled = compileRoutes(before, PROFILE);
  const alert = { alertname: "Down", team: `team-${ROUTES / 2}`, severity: "critical" };
  const thousand = median(50, () => {
    for (let time = 0; time < 1_000; time++) findRoutes(compiled, alert);
  });
  figure({ what: "an alert's routes among 10,000 siblings", value: thousand, unit: "µs", goal: 52 });
  let config = before;
  const again = times(7, (edit) => {
    config = edited(config, edit);
    return () => compileRoutes(config, PROFILE);
  });
  figure({ what: "10,000 routes compiled again after an edit", value: again, unit: "ms" });

  const history = alerts();
  const began = performance.now();
  diffBehaviour(before, edited(before, 0), PROFILE, { history });
  const whole = (performance.now() - began) / 1_000;
  figure({ what: "1,000,000 alerts, 10,000 routes: behaviour", value: whole, unit: "s", goal: 5 });
  config = edited(before, 0);
  const next = times(7, (edit) => {
    config = edited(config, edit);
    return () => diffBehaviour(before, config, PROFILE, { history });
  });
  figure({ what: "the same again after an edit", value: next, unit: "ms", goal: 200 });

  const five = flatConfig(5_000);
  lintConfig(five, PROFILE);
  figure({ what: "lints of 5,000 routes", value: median(7, () => lintConfig(five, PROFILE)), unit: "ms", goal: 200 });
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

/** One route goes to another receiver. */
function edited(config: Config, edit: number): Config {
  const routes = [...(config.route?.routes ?? [])];
  const at = (edit * 37) % routes.length;
  routes[at] = { ...(routes[at] as Route), receiver: `team-${(edit * 11 + 7) % 500}` };
  return { ...config, route: { ...(config.route as Route), routes } };
}

function alerts(): PastAlerts[] {
  return Array.from({ length: LABEL_SETS }, (_, index) => ({
    labels: {
      alertname: `Alert${index % 90}`,
      team: `team-${(index * 7) % (ROUTES + 500)}`,
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

function median(count: number, work: () => void): number {
  return times(count, () => work);
}

/** The median of what is prepared each time and then measured. */
function times(count: number, prepare: (time: number) => () => void): number {
  return quantile(
    Array.from({ length: count }, (_, time) => {
      const work = prepare(time + 1);
      const began = performance.now();
      work();
      return performance.now() - began;
    }),
    0.5,
  );
}
