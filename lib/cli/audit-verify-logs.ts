import { type Checkpoint, type LogVerification, verifyLog } from "@/lib/audit";
import { withTenant } from "@/lib/database";
import { judgeCheckpoint } from "@/lib/transparency";
import { logsOf } from "./audit-logs";
import { withRunningDatabase } from "./open-database";

interface Choice {
  tenant?: string | undefined;
  expect?: string | undefined;
}

/** Recomputes the logs in the database; 1 when one is not what it was. */
export async function verifyLogs({ tenant, expect }: Choice): Promise<number> {
  const checkpoint = expect === undefined ? undefined : parseCheckpoint(expect);
  if (checkpoint && !tenant) throw new Error("--expect needs --tenant: each log has its own end.");
  return withRunningDatabase(async () => {
    let problems = 0;
    for (const { id, slug } of await logsOf(tenant)) {
      const found = await withTenant(id, (tx) => verifyLog(tx, id, checkpoint), {
        timeout: 600_000,
        // One snapshot: what is appended meanwhile is no problem.
        isolation: "RepeatableRead",
      });
      const signed = await judgeCheckpoint(id);
      process.stdout.write(report(slug, found) + reportSigned(signed));
      problems += found.problems.length + (signed?.problem ? 1 : 0);
    }
    return problems === 0 ? 0 : 1;
  });
}

function parseCheckpoint(text: string): Checkpoint {
  const match = /^(\d+):([0-9a-f]{64})$/.exec(text);
  if (!match) throw new Error("--expect wants POSITION:HASH as an earlier run printed it.");
  return { position: Number(match[1]), hash: match[2]! };
}

export function report(slug: string, { events, archived, head, problems }: LogVerification): string {
  const lines = problems.map(({ position, problem }) => `  ${position}  ${problem.replaceAll("_", " ")}\n`);
  const verdict = problems.length === 0 ? "intact" : `${problems.length} problems`;
  const left = archived === 0 ? "" : `  (${archived} archived)`;
  return `${slug}  ${verdict}  ${events}:${head}${left}\n${lines.join("")}`;
}

function reportSigned(signed: { size: number; problem?: string } | undefined): string {
  if (!signed) return "";
  return signed.problem
    ? `  ${signed.size}  checkpoint not proven: ${signed.problem}\n`
    : `  signed up to ${signed.size}\n`;
}
