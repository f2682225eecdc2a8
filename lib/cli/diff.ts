import { readFileSync } from "node:fs";
import { type ConfigChange, diffBehaviour, diffConfig, type PlanLine, planLine } from "@/lib/alertmanager";
import { guarded, printDiagnostics, readArguments, readConfig } from "./arguments";
import { readPastAlerts } from "./past-alerts";
import { printBehaviour } from "./print-behaviour";

const USAGE = `usage: signalbox diff BEFORE AFTER [--target alertmanager@0.34] [--json] [--behaviour] [--history FILE]

Says what changes from one configuration to another, in the words of the configuration. Secrets are not shown.
With --behaviour also for whom: which alerts gain, lose and swap receivers. FILE holds past alerts as JSON, a list of
{"labels": {…}, "from": "2026-06-15T12:00:00Z", "to": "…"}; without it alerts are made up from the matchers.
Ends with 0 when they say the same, 1 when they differ, 2 when one cannot be read.
`;

const SIGNS: Record<ConfigChange["kind"], string> = {
  added: "+",
  removed: "-",
  changed: "~",
  moved: "↕",
  renamed: "→",
};

export function run(argv: string[]): Promise<number> {
  return guarded(() => {
    const { wanted, history, rest } = behaviourOptions(argv);
    const args = readArguments(rest, 2, USAGE);
    if (!args) return 0;
    const alerts = history === undefined ? [] : readPastAlerts(readFileSync(history, "utf8"));
    const [before = "-", after = "-"] = args.files;
    const was = readConfig(before, args.profile);
    const is = readConfig(after, args.profile, was.config ?? undefined);
    for (const [file, { config, diagnostics }] of [
      [before, was],
      [after, is],
    ] as const) {
      if (config) continue;
      process.stderr.write(printDiagnostics(file, diagnostics));
      return 2;
    }
    const changes = diffConfig({ config: was.config!, templates: [] }, { config: is.config!, templates: [] });
    const plan = planLine(changes);
    const behaviour = wanted && diffBehaviour(was.config!, is.config!, args.profile, { history: alerts });
    if (args.json) process.stdout.write(`${JSON.stringify({ plan, changes, ...(behaviour && { behaviour }) })}\n`);
    else process.stdout.write(printChanges(changes, plan) + (behaviour ? `\n${printBehaviour(behaviour)}` : ""));
    return changes.length === 0 ? 0 : 1;
  });
}

/** What only this command knows, and the other arguments. */
function behaviourOptions(argv: readonly string[]): { wanted: boolean; history: string | undefined; rest: string[] } {
  const rest: string[] = [];
  let wanted = false;
  let history: string | undefined;
  for (let at = 0; at < argv.length; at++) {
    const argument = argv[at]!;
    if (argument === "--behaviour") wanted = true;
    else if (argument === "--history") history = argv[++at] ?? "";
    else if (argument.startsWith("--history=")) history = argument.slice("--history=".length);
    else rest.push(argument);
  }
  return { wanted: wanted || history !== undefined, history, rest };
}

function printChanges(changes: readonly ConfigChange[], { added, changed, removed }: PlanLine): string {
  if (changes.length === 0) return "No difference.\n";
  const lines = changes.map((change) => `${SIGNS[change.kind]} ${change.noun} ${change.label}${values(change)}`);
  return `${lines.join("\n")}\n\n${added} to add, ${changed} to change, ${removed} to remove\n`;
}

function values({ key, before, after, secret }: ConfigChange): string {
  const name = key === undefined ? "" : ` ${key}`;
  if (before === undefined && after === undefined) return name;
  if (secret) return `${name}: secret ${before === undefined ? "set" : after === undefined ? "removed" : "changed"}`;
  return `${name}: ${JSON.stringify(before ?? null)} → ${JSON.stringify(after ?? null)}`;
}
