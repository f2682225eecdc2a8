import { type ConfigChange, diffConfig, type PlanLine, planLine } from "@/lib/alertmanager";
import { guarded, printDiagnostics, readArguments, readConfig } from "./arguments";

const USAGE = `usage: signalbox diff BEFORE AFTER [--target alertmanager@0.34] [--json]

Says what changes from one configuration to another, in the words of the configuration. Secrets are not shown.
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
    const args = readArguments(argv, 2, USAGE);
    if (!args) return 0;
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
    process.stdout.write(args.json ? `${JSON.stringify({ plan, changes })}\n` : printChanges(changes, plan));
    return changes.length === 0 ? 0 : 1;
  });
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
