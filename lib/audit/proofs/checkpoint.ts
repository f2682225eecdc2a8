import { ed25519 } from "@noble/curves/ed25519.js";
import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";
import { fromBase64, joined, parseSize, readUint64, toBase64, uint64, utf8 } from "./encoding";
import { EMPTY_ROOT, type Hash, sameHash } from "./merkle";
import { type Note, type NoteSignature, parseNote } from "./note";
import { ProofError } from "./proof-error";
import { ED25519, labelOf, MLDSA44_COSIGNATURE, signsAt, type VerifierKey } from "./verifier-key";

/** The head of a log: how many leaves it had, and the root over them (C2SP tlog-checkpoint). */
export interface TreeHead {
  origin: string;
  size: number;
  root: Hash;
}

/** A checkpoint whose signatures were verified. */
export interface OpenedCheckpoint extends TreeHead {
  /** The signed text, without signatures. */
  text: string;
  /** Those keys of the log whose signatures were found and are right; at least one. */
  signedBy: VerifierKey[];
  /** Witnesses that were asked for and cosigned, and when, in seconds since 1970. */
  cosignedBy: { key: VerifierKey; at: number }[];
}

const ROOT_BYTES = 32;
const MOST_TIME = 2n ** 53n;

export function formatTreeHead({ origin, size, root }: TreeHead): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads the text of a checkpoint. Further lines are refused: not all kinds of signature cover them. */
export function parseTreeHead(text: string): TreeHead {
  const [origin = "", count = "", base64 = "", ...rest] = text.split("\n");
  const [size, root] = [parseSize(count), fromBase64(base64)];
  if (origin === "" || size === undefined || root?.length !== ROOT_BYTES || rest.length !== 1 || rest[0] !== "") {
    throw new ProofError("malformed_checkpoint", "The text of the note is not origin, size and root of a log.");
  }
  if (size === 0 && !sameHash(root, EMPTY_ROOT)) {
    throw new ProofError("malformed_checkpoint", "An empty log has another root.");
  }
  return { origin, size, root };
}

/** The bytes that a key of this kind signs; `at` counts for kinds with a time, in seconds since 1970. */
function signedBytes({ name, type }: Pick<VerifierKey, "name" | "type">, text: string, at: bigint): Uint8Array {
  if (type === ED25519) return utf8(text);
  if (type !== MLDSA44_COSIGNATURE) return utf8(`cosignature/v1\ntime ${at}\n${text}`);
  const { origin, size, root } = parseTreeHead(text);
  return joined(
    utf8("subtree/v1\n\0"),
    shortText(name),
    uint64(at),
    shortText(origin),
    uint64(0n),
    uint64(BigInt(size)),
    root,
  );
}

function shortText(text: string): Uint8Array {
  const bytes = utf8(text);
  if (bytes.length === 0 || bytes.length > 255) throw new ProofError("malformed_key", "A name has 1 to 255 bytes.");
  return joined(Uint8Array.of(bytes.length), bytes);
}

/** What stands in the note for what the key's algorithm made of `signedBytes`. */
function noteSignature(key: VerifierKey, made: Uint8Array, at: bigint): NoteSignature {
  return { name: key.name, id: key.id, signature: key.type === ED25519 ? made : joined(uint64(at), made) };
}

/** Somebody who can sign: a log, or a witness. */
export interface NoteSigner {
  key: VerifierKey;
  sign(bytes: Uint8Array): Uint8Array;
}

/** Their signatures under the text of a checkpoint; `now` is what timed kinds say. */
export function signTreeHead(text: string, signers: readonly NoteSigner[], now: Date): NoteSignature[] {
  const at = BigInt(Math.floor(now.getTime() / 1000));
  return signers.map(({ key, sign }) => noteSignature(key, sign(signedBytes(key, text, at)), at));
}

const isBy = (key: VerifierKey) => (line: NoteSignature) => line.name === key.name && line.id === key.id;

/** Undefined when the signature is wrong; else when it was made (0 for kinds without a time). */
function timeOf(key: VerifierKey, text: string, { signature }: NoteSignature): number | undefined {
  const timed = key.type !== ED25519;
  if (timed && signature.length <= 8) return undefined;
  const at = timed ? readUint64(signature) : 0n;
  // Zero says that the witness makes no statement about time, and with it none about the largest size seen.
  if (at >= MOST_TIME || (timed && at === 0n)) return undefined;
  const made = timed ? signature.subarray(8) : signature;
  const bytes = signedBytes(key, text, at);
  const right = key.type === MLDSA44_COSIGNATURE ? verifyMldsa(made, bytes, key) : verifyEd25519(made, bytes, key);
  return right ? Number(at) : undefined;
}

function verifyEd25519(made: Uint8Array, bytes: Uint8Array, { publicKey }: VerifierKey): boolean {
  if (made.length !== 64) return false;
  try {
    return ed25519.verify(made, bytes, publicKey, { zip215: false });
  } catch {
    return false;
  }
}

function verifyMldsa(made: Uint8Array, bytes: Uint8Array, { publicKey }: VerifierKey): boolean {
  if (made.length !== 2420) return false;
  try {
    return ml_dsa44.verify(made, bytes, publicKey);
  } catch {
    return false;
  }
}

/** The times of all signatures that these keys made under the note; a wrong one under a known key is `bad_signature`. */
export function verifySignatures(note: Note, keys: readonly VerifierKey[]): { key: VerifierKey; at: number }[] {
  return keys.flatMap((key) => {
    const times = note.signatures.filter(isBy(key)).map((line) => {
      const at = timeOf(key, note.text, line);
      if (at === undefined) throw new ProofError("bad_signature", `The signature of ${labelOf(key)} is wrong.`);
      return at;
    });
    return times.slice(0, 1).map((at) => ({ key, at }));
  });
}

/**
 * Reads a checkpoint and verifies it: signed by at least one of the log's `keys`, every signature of a known key right, and the
 * origin the one that the key is named after. Lines of unknown keys are passed over, as C2SP wants it, and so are those of keys that
 * were replaced before the log was so long.
 */
export function openCheckpoint(
  given: string,
  keys: readonly VerifierKey[],
  witnesses: readonly VerifierKey[] = [],
): OpenedCheckpoint {
  const note = parseNote(given);
  const head = parseTreeHead(note.text);
  const own = keys.filter(({ name }) => name === head.origin);
  if (keys.length > 0 && own.length === 0) {
    throw new ProofError("other_log", `This is a checkpoint of ${head.origin}, which none of the keys belongs to.`);
  }
  const signed = verifySignatures(
    note,
    own.filter((key) => signsAt(key, head.size)),
  );
  if (signed.length === 0) throw new ProofError("unknown_signer", "None of the known keys signed this checkpoint.");
  return {
    ...head,
    text: note.text,
    signedBy: signed.map(({ key }) => key),
    cosignedBy: verifySignatures(note, witnesses),
  };
}
