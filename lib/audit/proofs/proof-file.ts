import { fromBase64, parseSize, toBase64 } from "./encoding";
import type { Hash } from "./merkle";
import { ProofError } from "./proof-error";

/** That a leaf is in the log of a checkpoint (C2SP tlog-proof); the leaf itself lies beside it. */
export interface ProofFile {
  index: number;
  path: Hash[];
  /** The checkpoint as it was signed. */
  checkpoint: string;
}

const FIRST_LINE = "c2sp.org/tlog-proof@v1";
const MOST_HASHES = 63;

export function formatProof({ index, path, checkpoint }: ProofFile): string {
  return `${[FIRST_LINE, `index ${index}`, ...path.map(toBase64)].join("\n")}\n\n${checkpoint}`;
}

export function parseProof(text: string): ProofFile {
  const end = text.indexOf("\n\n");
  const [first, ...rest] = text.slice(0, Math.max(end, 0)).split("\n");
  // What the file says beside the proof is not signed by anybody: it is passed over.
  const [named = "", ...hashes] = rest[0]?.startsWith("extra ") ? rest.slice(1) : rest;
  const index = named.startsWith("index ") ? parseSize(named.slice("index ".length)) : undefined;
  if (first !== FIRST_LINE || index === undefined) throw new ProofError("malformed_proof", "This is no tlog-proof.");
  return { index, path: parsePath(hashes), checkpoint: text.slice(end + 2) };
}

/** Hashes of a proof, each in base64. */
export function parsePath(lines: readonly string[]): Hash[] {
  if (lines.length > MOST_HASHES) throw new ProofError("malformed_proof", "A proof has 63 hashes at most.");
  return lines.map((line) => {
    const hash = fromBase64(line);
    if (hash?.length !== 32) throw new ProofError("malformed_proof", "A line of the proof is no hash.");
    return hash;
  });
}
