import { toBase64 } from "./encoding";
import { leafOf } from "./event";
import { type ExportHeader, exportHeaderSchema, exportLineSchema } from "./export-file";
import { Frontier } from "./frontier";
import type { Hash } from "./merkle";
import { ProofError } from "./proof-error";
import { proveConsistency, type ReadNode } from "./tree";

/** Of an export what a witness needs. Nothing is verified here: that is what a witness does. */
export interface ExportedLog {
  header: ExportHeader;
  /** That the log of `to` events goes on from that of `from`, in base64; undefined: the file does not show it. */
  growth(from: number, to: number): Promise<readonly string[] | undefined>;
}

export async function readExportedLog(lines: AsyncIterable<string> | Iterable<string>): Promise<ExportedLog> {
  let header: ExportHeader | undefined;
  const leaves: Hash[] = [];
  for await (const line of lines) {
    if (header) leaves.push(leafIn(line));
    else header = parsedHeader(line);
  }
  if (!header) throw new ProofError("malformed_export", "The file is empty.");
  const { complete, since, events, checkpoint } = header;
  const whole = complete && leaves.length === events;
  return {
    header,
    growth: async (from, to) => {
      if (whole && from <= to && to <= leaves.length) {
        return (await proveConsistency(reading(leaves), from, to)).map(toBase64);
      }
      return since?.size === from && checkpoint.split("\n")[1] === String(to) ? since.proof : undefined;
    },
  };
}

function reading(leaves: readonly Hash[]): ReadNode {
  return async (level, index) => {
    const tree = new Frontier();
    for (const leaf of leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)) tree.add(leaf);
    return tree.root();
  };
}

function parsedHeader(line: string): ExportHeader {
  const header = exportHeaderSchema.safeParse(json(line));
  if (!header.success) throw new ProofError("malformed_export", "The first line is not that of an export.");
  return header.data;
}

function leafIn(line: string): Hash {
  const read = exportLineSchema.safeParse(json(line));
  if (!read.success) throw new ProofError("malformed_export", "A line is not an event as an export writes it.");
  return leafOf({ ...read.data, event: null });
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new ProofError("malformed_export", "A line of the export is no JSON.");
  }
}
