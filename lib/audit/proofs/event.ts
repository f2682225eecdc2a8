import { type OpenedCheckpoint, openCheckpoint } from "./checkpoint";
import { fromBase64, utf8 } from "./encoding";
import { type Hash, leafHashOf, sameHash, verifyInclusion } from "./merkle";
import { ProofError } from "./proof-error";
import { parsePath } from "./proof-file";
import type { VerifierKey } from "./verifier-key";

/** An event as a proof carries it. Positions of a log count from 1, leaves of a tree from 0. */
export interface ProvenEvent {
  position: number;
  /** Base64. */
  leafHash: string;
  /** The canonical JSON whose hash this is; null where retention or erasure left the hash alone. */
  event: string | null;
  /** Inclusion proof, each hash in base64, from the leaf's sibling upwards. */
  proof: readonly string[];
}

/** The leaf's hash, once the event's own words are held against it and against its position. */
export function leafOf({ position, leafHash, event }: Omit<ProvenEvent, "proof">): Hash {
  const leaf = fromBase64(leafHash);
  if (leaf?.length !== 32) throw new ProofError("malformed_proof", `The hash of event ${position} is none.`);
  if (event === null) return leaf;
  if (!sameHash(leafHashOf(utf8(event)), leaf)) {
    throw new ProofError("event_differs", `Event ${position} says something else than what was hashed.`);
  }
  if (positionIn(event) !== position) {
    throw new ProofError("event_differs", `Event ${position} stands at a place that is not its own.`);
  }
  return leaf;
}

function positionIn(event: string): unknown {
  try {
    const parsed: unknown = JSON.parse(event);
    return typeof parsed === "object" && parsed !== null && "position" in parsed ? parsed.position : undefined;
  } catch {
    return undefined;
  }
}

/** Throws a `ProofError` unless the event is in the log of that (verified) checkpoint, word for word and at its place. */
export function verifyEvent(given: ProvenEvent, { size, root }: { size: number; root: Hash }): void {
  const leaf = leafOf(given);
  if (!verifyInclusion(leaf, given.position - 1, size, parsePath(given.proof), root)) {
    throw new ProofError(
      "not_in_log",
      `The proof of event ${given.position} does not lead to the root of the checkpoint.`,
    );
  }
}

/** The whole way at once: signatures, root, path, event. Returns the checkpoint that vouches for it. */
export function verifyEventProof(
  given: ProvenEvent & { checkpoint: string },
  keys: readonly VerifierKey[],
  witnesses: readonly VerifierKey[] = [],
): OpenedCheckpoint {
  const opened = openCheckpoint(given.checkpoint, keys, witnesses);
  verifyEvent(given, opened);
  return opened;
}
