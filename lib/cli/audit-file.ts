import { createReadStream, readFileSync } from "node:fs";
import { type ExportReport, labelOf, ProofError, type VerifierKey, verifyExport } from "@/lib/audit/proofs/contract";
import { keysIn } from "./verifier-keys";

export interface FileChoice {
  file: string;
  key?: string[] | undefined;
  witness?: string[] | undefined;
  checkpoint?: string | undefined;
}

/** Judges an export: 0 when all of it is proven, 1 when something is not, 2 when a key is none. */
export async function verifyFile({ file, key = [], witness = [], checkpoint }: FileChoice): Promise<number> {
  let keys: VerifierKey[];
  let witnesses: VerifierKey[];
  try {
    [keys, witnesses] = [key.flatMap(keysIn), witness.flatMap(keysIn)];
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    process.stderr.write(`signalbox: ${error.message}\n`);
    return 2;
  }
  const earlier = checkpoint === undefined ? {} : { earlier: readFileSync(checkpoint, "utf8") };
  const report = await verifyExport(linesOf(file), { keys, witnesses, ...earlier });
  process.stdout.write(printed(file, report));
  return report.problems.length === 0 ? 0 : 1;
}

/** At newlines only: `readline` also breaks where the text of an event may hold U+2028. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of createReadStream(file, "utf8")) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

function printed(file: string, report: ExportReport): string {
  const { checkpoint, problems, archived, events, complete, ownKeys, grewFrom, renewedAt } = report;
  const lines = problems.map(
    ({ line, code, message }) => `${file}${line === 0 ? "" : `:${line}`}: ${message} [${code}]`,
  );
  if (problems.length > 0) {
    return [...lines, `${file} is not proven: ${problems.length} problems`].map((line) => `${line}\n`).join("");
  }
  const { origin = "", size = 0, signedBy = [], cosignedBy = [] } = checkpoint ?? {};
  lines.push(
    `${file} is proven: ${events} ${complete ? "events, all of the log" : `of ${size} events of the log`} ${origin}`,
  );
  if (archived.length > 0) lines.push(`  archived, only the hash is left: ${ranges(archived)}`);
  lines.push(`  signed by ${signedBy.map(labelOf).join(", ")}`);
  for (const size of renewedAt)
    lines.push(`  its keys were replaced at ${size} events, announced by those that you trust`);
  if (!ownKeys) lines.push("  by keys that the file itself names: give --key to hold it against keys that you trust");
  for (const { key, at } of cosignedBy) {
    lines.push(`  cosigned by ${labelOf(key)} at ${new Date(at * 1000).toISOString()}`);
  }
  if (grewFrom !== null) lines.push(`  goes on from the checkpoint of ${grewFrom} events`);
  if (!complete) lines.push("  a part of the log: what is here is proven, and not that nothing else was asked for");
  return lines.map((line) => `${line}\n`).join("");
}

/** `1-3, 7` */
function ranges(positions: readonly number[]): string {
  const found: [number, number][] = [];
  for (const position of positions) {
    const last = found.at(-1);
    if (last && last[1] === position - 1) last[1] = position;
    else found.push([position, position]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(", ");
}
