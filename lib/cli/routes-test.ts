import { parseArgs } from "node:util";
import {
  type CompiledRoute,
  compileRoutes,
  DEFAULT_PROFILE_ID,
  explainRoutes,
  findRoutes,
  matchRoutes,
  parseMatchers,
  printMatchers,
  type RouteExplanation,
} from "@/lib/alertmanager";
import { guarded, UsageError } from "./arguments";
import { profileOf, readLoadable } from "./loadable-config";

const USAGE = `usage: signalbox routes test [--config alertmanager.yml] [--target alertmanager@0.34] [--explain] [--json]
                             [--verify.receivers a,b] LABEL=VALUE…

Prints the receivers of an alert with these labels, as \`amtool config routes test\` does, for any version.
  --explain           every route that was asked, with the matchers that fail, and what each receiver's group is
  --verify.receivers  ends with 1 unless the alert goes to these, in this order
Ends with 0, 1 when the configuration would not load or receivers differ, 2 when called wrongly.
`;

export function run(argv: string[]): Promise<number> {
  return guarded(() => {
    const { values, positionals } = parsed(argv);
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    const [what, ...pairs] = positionals;
    if (what !== "test") throw new UsageError(USAGE);
    const labels = labelsOf(pairs);
    const profile = profileOf(values.target);
    const routes = compileRoutes(readLoadable(values.config, profile), profile);
    const receivers = findRoutes(routes, labels).map(({ options }) => options.receiver);
    if (values.json) {
      const matches = matchRoutes(routes, labels).map(({ receiver, groupLabels, groupKey, options }) => {
        const { group_wait, group_interval, repeat_interval } = options;
        return { receiver, groupLabels, groupKey, group_wait, group_interval, repeat_interval };
      });
      process.stdout.write(`${JSON.stringify({ target: profile.id, receivers, matches })}\n`);
    } else {
      const why = values.explain ? `${explained(explainRoutes(routes, labels), 0).join("\n")}\n` : "";
      process.stdout.write(`${why}${receivers.join(",")}\n`);
    }
    const expected = values["verify.receivers"];
    if (expected === undefined || expected === receivers.join(",")) return 0;
    process.stderr.write("WARNING: Expected receivers did not match resolved receivers.\n");
    return 1;
  });
}

function labelsOf(pairs: readonly string[]): Record<string, string> {
  const labels = new Map<string, string>();
  for (const pair of pairs) {
    const read = parseMatchers(pair, "fallback");
    if (!read.ok || read.matchers.some(({ op }) => op !== "=")) {
      throw new UsageError(`${JSON.stringify(pair)} is no label such as team=database.`);
    }
    for (const { name, value } of read.matchers) labels.set(name, value);
  }
  return Object.fromEntries(labels);
}

/** A line a route, in the order in which they were asked. */
function explained({ route, outcome, failed, continues, keptBy, routes }: RouteExplanation, depth: number): string[] {
  const said: Record<typeof outcome, string> = {
    notifies: `notifies ${route.options.receiver}`,
    passes_on: "goes on below",
    refuses:
      route.error ?? failed.map(({ matcher, value }) => `${matcher.name} is ${JSON.stringify(value)}`).join(", "),
    unreached: `not asked: ${keptBy ? printed(keptBy) : "an earlier route"} kept it`,
  };
  const mark = outcome === "notifies" || outcome === "passes_on" ? "✓" : outcome === "refuses" ? "✗" : "-";
  const more = continues && depth > 0 ? ", continue" : "";
  const line = `${"  ".repeat(depth)}${mark} ${printed(route)} ${said[outcome]}${more}`;
  return [line, ...routes.flatMap((child) => explained(child, depth + 1))];
}

function printed(route: CompiledRoute): string {
  return route.parent ? printMatchers(route.matchers) : "default-route";
}

function parsed(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        config: { type: "string", short: "c", default: "alertmanager.yml" },
        target: { type: "string", short: "t", default: DEFAULT_PROFILE_ID },
        explain: { type: "boolean", default: false },
        "verify.receivers": { type: "string" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}
