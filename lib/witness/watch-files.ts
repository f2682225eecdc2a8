import { createReadStream, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type ExportedLog, parseNote, parseTreeHead, readExportedLog } from "@/lib/audit/proofs/contract";
import { AppError } from "@/lib/errors";
import type { Witness } from "./serve";
import { judgeNewest, type LogSource, type Watched } from "./watch";

interface Found {
  origin: string;
  size: number;
  checkpoint: string;
  /** Of an export. */
  log?: ExportedLog;
}

/**
 * Judges what lies in a folder, or one file of it: checkpoints, and exports (`.jsonl`), which show that a log goes on. Of each log the
 * newest has to hold; older ones are taken on the way where something shows how they come from what was seen.
 */
export async function watchFiles(witness: Witness, place: string): Promise<Watched[]> {
  const found: Found[] = [];
  for (const file of filesIn(place)) found.push(await readFound(file));
  if (found.length === 0) throw new AppError("not_found", "There is neither a checkpoint nor an export.");
  const watched: Watched[] = [];
  for (const files of Map.groupBy(found, ({ origin }) => origin).values()) {
    watched.push(await judgeFiles(witness, files));
  }
  return watched;
}

/** The first problem, or how far the log is. */
async function judgeFiles(witness: Witness, found: readonly Found[]): Promise<Watched> {
  const files = found.toSorted((a, b) => a.size - b.size);
  const newest = files.at(-1)!;
  for (const file of files) {
    const seen = witness.state.seen(file.origin)?.size ?? 0;
    const source = sourceOf(file, files);
    const known = seen === 0 || seen === file.size || (file.size > seen && (await source.growth(seen, file.size)));
    if (file.size < newest.size && !known) continue;
    const watched = await judgeNewest(witness, source);
    if (watched.problem !== undefined) return watched;
  }
  return { origin: newest.origin, size: newest.size };
}

function sourceOf({ checkpoint }: Found, files: readonly Found[]): LogSource {
  const logs = files.flatMap(({ log }) => log ?? []);
  return {
    checkpoint,
    renewals: async () => {
      const longest = logs.map(({ header }) => header.renewals ?? []).sort((a, b) => b.length - a.length)[0] ?? [];
      return longest.map(({ keys, statement }) => ({ keys, statement, size: headOf(statement).size }));
    },
    growth: async (from, to) => {
      for (const log of logs) {
        const proof = await log.growth(from, to);
        if (proof) return proof;
      }
      return undefined;
    },
  };
}

const headOf = (note: string) => parseTreeHead(parseNote(note).text);

function filesIn(place: string): string[] {
  if (!statSync(place).isDirectory()) return [place];
  const names = readdirSync(place, { withFileTypes: true }).filter((entry) => entry.isFile());
  return names.filter(({ name }) => !name.startsWith(".")).map(({ name }) => path.join(place, name));
}

async function readFound(file: string): Promise<Found> {
  try {
    const log = file.endsWith(".jsonl") ? await readExportedLog(linesOf(file)) : undefined;
    const checkpoint = log?.header.checkpoint ?? readFileSync(file, "utf8");
    const { origin, size } = headOf(checkpoint);
    return { origin, size, checkpoint, ...(log ? { log } : {}) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "it cannot be read";
    throw new AppError("invalid_input", `${file} is neither a checkpoint nor an export: ${why}`, {}, { cause });
  }
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
