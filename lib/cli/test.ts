import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  checkExpectations,
  DEFAULT_PROFILE_ID,
  type Expectation,
  type ExpectationResult,
  type ExpectationsProblem,
  readExpectations,
} from "@/lib/alertmanager";
import { guarded, UsageError } from "./arguments";
import { profileOf, readLoadable } from "./loadable-config";

const USAGE = `usage: signalbox test --expectations FILE [--config alertmanager.yml] [--target alertmanager@0.34] [--json]

Holds what is expected of alerts against a configuration, as that Alertmanager would route. The app exports such a file:

  expectations:
    - name: critical database alerts wake somebody
      labels: {team: database, severity: critical}
      receivers: [db-pager]          # exactly these; or reaches: [db-pager] and not: [chat]
      at: 2026-01-31T03:00:00Z       # with muted: whether time intervals mute it then
      muted: false

Ends with 0 when all hold, 1 when one fails or a file cannot be read, 2 when called wrongly.
`;

export function run(argv: string[]): Promise<number> {
  return guarded(() => {
    const { help, config: file, expectations: wanted, target, json } = parsed(argv);
    if (help) {
      process.stdout.write(USAGE);
      return 0;
    }
    if (wanted === undefined) throw new UsageError(USAGE);
    const profile = profileOf(target);
    const config = readLoadable(file, profile);
    const results = checkExpectations(config, profile, readWanted(wanted));
    process.stdout.write(json ? `${JSON.stringify({ target: profile.id, results })}\n` : printResults(results));
    return results.every(({ ok }) => ok) ? 0 : 1;
  });
}

function readWanted(file: string): readonly Expectation[] {
  const { expectations, problem } = readExpectations(readFileSync(file === "-" ? 0 : file, "utf8"));
  if (expectations) return expectations;
  throw new Error(`${file}:${problem.line}: ${PROBLEMS[problem.code](problem.params)}`);
}

type Params = ExpectationsProblem["params"];
const PROBLEMS: Record<ExpectationsProblem["code"], (params: Params) => string> = {
  yaml: ({ reason }) => `no YAML: ${reason}`,
  no_list: () => "expected a list `expectations` and nothing else",
  wrong: ({ fault = "", field = "" }) =>
    `no expectation: ${FAULTS[fault] ?? fault}${field === "" ? "" : ` (${field})`}`,
  twice: ({ name }) => `there are two named ${JSON.stringify(name)}`,
};
const FAULTS: Readonly<Record<string, string>> = {
  no_object: "it has no keys",
  unknown_key: "this key is unknown",
  wrong_value: "this is missing or does not fit",
  nothing_expected: "it expects nothing; say receivers, reaches, not or muted",
  two_ways: "receivers are said exactly, or by reaches and not",
  at_with_muted: "at and muted come together",
};

function printResults(results: readonly ExpectationResult[]): string {
  const lines = results.map((result) => `${result.ok ? "ok  " : "FAIL"} ${result.expectation.name}${whyNot(result)}\n`);
  const failed = results.filter(({ ok }) => !ok).length;
  const count = `${results.length} ${results.length === 1 ? "expectation" : "expectations"}`;
  return `${lines.join("")}${count}, ${failed === 0 ? "all hold" : `${failed} failed`}\n`;
}

function whyNot({ reason, receivers }: ExpectationResult): string {
  if (!reason) return "";
  const { params } = reason;
  const texts: Record<typeof reason.code, string> = {
    differs: `does not reach ${params.missing}, but ${params.unexpected}`,
    missing: `does not reach ${params.missing}`,
    unexpected: `also reaches ${params.unexpected}`,
    muted: `${params.receivers}: muted by ${params.intervals}`,
    not_muted: `${params.receivers}: not muted`,
    unmatched: "no route takes it",
  };
  return `\n     ${texts[reason.code]}\n     it goes to: ${receivers.join(", ") || "nobody"}`;
}

function parsed(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      options: {
        config: { type: "string", short: "c", default: "alertmanager.yml" },
        expectations: { type: "string", short: "e" },
        target: { type: "string", short: "t", default: DEFAULT_PROFILE_ID },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}
