import { parseArgs } from "node:util";
import { type Checkpoint, type LogVerification, verifyLog } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { allTenants, PLATFORM_LOG } from "@/lib/tenancy";
import { withRunningDatabase } from "./open-database";

const HELP = `usage: signalbox audit verify [--tenant SLUG] [--expect POSITION:HASH]

Recomputes every hash of the audit logs: of each tenant, and of the installation (\`platform\`). Exit code 1 when an event was
edited, removed or moved. It prints where each log ends; keep that line elsewhere, and give it back with --expect together
with --tenant: only so is a log found that was replaced as a whole.
`;

export async function run(argv: string[]): Promise<number> {
  const [verb, ...rest] = argv;
  if (verb !== "verify" || rest.includes("--help")) {
    process.stdout.write(HELP);
    return argv.includes("--help") ? 0 : 2;
  }
  const { values } = parseArgs({ args: rest, options: { tenant: { type: "string" }, expect: { type: "string" } } });
  const checkpoint = values.expect === undefined ? undefined : parseCheckpoint(values.expect);
  if (checkpoint && !values.tenant) throw new Error("--expect needs --tenant: each log has its own end.");
  return withRunningDatabase(async () => {
    const logs = [{ id: PLATFORM_LOG, slug: "platform" }, ...(await allTenants())];
    const chosen = values.tenant ? logs.filter(({ slug }) => slug === values.tenant) : logs;
    if (chosen.length === 0) throw new Error(`There is no tenant called ${values.tenant}.`);
    let problems = 0;
    for (const { id, slug } of chosen) {
      const found = await withTenant(id, (tx) => verifyLog(tx, id, checkpoint), {
        timeout: 600_000,
        // One snapshot: what is appended meanwhile is no problem.
        isolation: "RepeatableRead",
      });
      process.stdout.write(report(slug, found));
      problems += found.problems.length;
    }
    return problems === 0 ? 0 : 1;
  });
}

function parseCheckpoint(text: string): Checkpoint {
  const match = /^(\d+):([0-9a-f]{64})$/.exec(text);
  if (!match) throw new Error("--expect wants POSITION:HASH as an earlier run printed it.");
  return { position: Number(match[1]), hash: match[2]! };
}

export function report(slug: string, { events, head, problems }: LogVerification): string {
  const lines = problems.map(({ position, problem }) => `  ${position}  ${problem.replaceAll("_", " ")}\n`);
  const verdict = problems.length === 0 ? "intact" : `${problems.length} problems`;
  return `${slug}  ${verdict}  ${events}:${head}\n${lines.join("")}`;
}
