import { z } from "zod";
import {
  EMPTY_ROOT,
  formatKnownKey,
  formatSignatureLine,
  fromBase64,
  type Hash,
  labelOf,
  type Note,
  type NoteSigner,
  openRenewal,
  ProofError,
  parseKnownKey,
  parseNote,
  parsePath,
  parseSize,
  parseTreeHead,
  renewalSchema,
  renewedKeys,
  sameHash,
  signsAt,
  signTreeHead,
  type TreeHead,
  toBase64,
  type VerifierKey,
  verifyConsistency,
  verifySignatures,
} from "@/lib/audit/proofs/contract";

/** What a witness remembers of a log: the largest tree that it vouched for. */
export interface SeenLog {
  size: number;
  /** Base64. */
  root: string;
  /** The checkpoint as the log signed it, with the witness's own lines. */
  note: string;
  /** Keys that the log announced since, and how far those before them sign: `formatKnownKey`. They go before those that were given. */
  keys?: string[] | undefined;
}

/** Statuses of C2SP tlog-witness's add-checkpoint. */
export interface Verdict {
  status: 200 | 400 | 403 | 404 | 409 | 422;
  /** Of 200 the witness's lines, of 409 the size that it saw; else why not. */
  body: string;
  /** What has to be on the disk before the answer goes out. */
  next?: { origin: string; seen: SeenLog };
}

const refuse = (status: Verdict["status"], body: string): Verdict => ({ status, body: `${body}\n` });

/**
 * Judges the body of `POST /add-checkpoint`: an old size, a consistency proof, and a checkpoint. Pure: `seen` is what the witness
 * remembers of an origin, and what it has to remember then is in the answer.
 */
export function judgeCheckpoint(
  body: string,
  logs: readonly VerifierKey[],
  seen: (origin: string) => SeenLog | undefined,
  signers: readonly NoteSigner[],
  now: Date,
): Verdict {
  const request = parseRequest(body);
  if (!request) return refuse(400, "The body is not an old size, a proof and a checkpoint.");
  const { old, path, note, text } = request;
  const origin = note.text.split("\n")[0] ?? "";
  const before = seen(origin);
  const keys = keysOf(origin, logs, before);
  if (keys.length === 0) return refuse(404, "This witness does not know the log.");
  try {
    const signing = keys.filter((key) => signsAt(key, sizeOf(note)));
    if (verifySignatures(note, signing).length === 0) return refuse(403, "The log did not sign this.");
  } catch (error) {
    if (error instanceof ProofError) return refuse(error.code === "bad_signature" ? 403 : 400, error.message);
    throw error;
  }
  const head = headOf(note);
  if (head === "empty") return refuse(422, "An empty log has another root.");
  if (!head) return refuse(400, "The note is not the checkpoint of a log.");
  if (old > head.size) return refuse(400, "The old size is larger than the checkpoint.");
  if (old !== (before?.size ?? 0)) return { status: 409, body: `${before?.size ?? 0}\n` };
  const root: Hash = before ? (fromBase64(before.root) ?? EMPTY_ROOT) : EMPTY_ROOT;
  if (old === head.size && !sameHash(root, head.root)) return refuse(422, "The log had another root at this size.");
  if (!verifyConsistency({ size: old, root }, head, path)) {
    return refuse(422, "The log does not go on from what this witness saw.");
  }
  const lines = signTreeHead(note.text, signers, now).map(formatSignatureLine).join("");
  const kept = { size: head.size, root: toBase64(head.root), note: text + lines };
  return { status: 200, body: lines, next: { origin, seen: before?.keys ? { ...kept, keys: before.keys } : kept } };
}

/** What was learnt of a key goes before what was given. */
function keysOf(origin: string, logs: readonly VerifierKey[], seen: SeenLog | undefined): VerifierKey[] {
  const learnt = (seen?.keys ?? []).map(parseKnownKey);
  const labels = new Set(learnt.map(labelOf));
  return [...learnt, ...logs.filter((key) => key.name === origin && !labels.has(labelOf(key)))];
}

/** Of whatever stands there: that it is a checkpoint is judged later. */
const sizeOf = ({ text }: Note) => parseSize(text.split("\n")[1] ?? "") ?? 0;

const renewalBodySchema = renewalSchema.extend({ origin: z.string(), old: z.number(), proof: z.array(z.string()) });

/**
 * Judges how a log goes over to its next keys: announced by those that this witness knows, in a log that goes on from what it saw.
 * 409, with the size that was seen, when the proof starts elsewhere, or the keys were announced further back.
 */
export function judgeRenewal(
  body: string,
  logs: readonly VerifierKey[],
  seen: (origin: string) => SeenLog | undefined,
): Verdict {
  const request = parseRenewal(body);
  if (!request) return refuse(400, "The body is not an origin, the next keys, a statement and a proof.");
  const { origin, old, proof, ...renewal } = request;
  const before = seen(origin);
  const keys = keysOf(origin, logs, before);
  if (keys.length === 0) return refuse(404, "This witness does not know the log.");
  try {
    const opened = openRenewal(renewal, keys);
    const { size, root } = before ?? { size: 0, root: "" };
    if (old !== size || size > opened.size) return { status: 409, body: `${size}\n` };
    if (!verifyConsistency({ size, root: fromBase64(root) ?? EMPTY_ROOT }, opened, parsePath(proof))) {
      return refuse(422, "The keys were replaced in another log than this witness saw.");
    }
    const learnt = renewedKeys(keys, opened).map(formatKnownKey);
    const next = { size: opened.size, root: toBase64(opened.root), note: before?.note ?? "", keys: learnt };
    return { status: 200, body: "", next: { origin, seen: next } };
  } catch (error) {
    if (error instanceof ProofError) return refuse(403, error.message);
    throw error;
  }
}

function parseRenewal(body: string): z.infer<typeof renewalBodySchema> | undefined {
  try {
    return renewalBodySchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

function headOf(note: Note): TreeHead | "empty" | undefined {
  try {
    return parseTreeHead(note.text);
  } catch (error) {
    if (!(error instanceof ProofError)) throw error;
    return note.text.split("\n")[1] === "0" ? "empty" : undefined;
  }
}

function parseRequest(body: string): { old: number; path: Hash[]; note: Note; text: string } | undefined {
  const end = body.indexOf("\n\n");
  const [first = "", ...lines] = body.slice(0, Math.max(end, 0)).split("\n");
  const old = first.startsWith("old ") ? parseSize(first.slice("old ".length)) : undefined;
  if (old === undefined) return undefined;
  const text = body.slice(end + 2);
  try {
    return { old, path: parsePath(lines), note: parseNote(text), text };
  } catch (error) {
    if (error instanceof ProofError) return undefined;
    throw error;
  }
}
