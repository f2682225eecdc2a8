import { sha256 } from "@noble/hashes/sha2.js";
import { z } from "zod";
import { formatTreeHead, parseTreeHead, type TreeHead, verifySignatures } from "./checkpoint";
import { utf8 } from "./encoding";
import { parseNote } from "./note";
import { ProofError } from "./proof-error";
import { labelOf, parseVerifierKey, signsAt, type VerifierKey } from "./verifier-key";

/**
 * How a log goes over to its next keys. The keys before sign a checkpoint once more, under a name that says which keys follow:
 * `<origin>/keys/<SHA-256 of the next keys>`, with size and root of the log up to which they signed. A kind of signature that
 * covers no further lines of a checkpoint covers its name.
 */
export const renewalSchema = z.strictObject({ keys: z.array(z.string()).min(1).max(10), statement: z.string() });

export type Renewal = z.infer<typeof renewalSchema>;

export interface OpenedRenewal extends TreeHead {
  /** Who signs from there on. */
  keys: VerifierKey[];
}

const MARK = "/keys/";

function nameOf(origin: string, keys: readonly string[]): string {
  const digest = sha256(utf8([...keys].sort().join("\n")));
  return `${origin}${MARK}${Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/** What the keys before have to sign. */
export function renewalText({ origin, size, root }: TreeHead, keys: readonly string[]): string {
  return formatTreeHead({ origin: nameOf(origin, keys), size, root });
}

/**
 * The next keys of a log, once it is shown that each kind of key which signed until then announced them; `unknown_signer` when
 * none of `trusted` did.
 */
export function openRenewal({ keys: lines, statement }: Renewal, trusted: readonly VerifierKey[]): OpenedRenewal {
  const note = parseNote(statement);
  const { origin: named, size, root } = parseTreeHead(note.text);
  const origin = named.slice(0, Math.max(named.lastIndexOf(MARK), 0));
  if (named !== nameOf(origin, lines)) {
    throw new ProofError("malformed_checkpoint", "The statement announces other keys than those that stand beside it.");
  }
  const own = trusted.filter((key) => key.name === origin && signsAt(key, size));
  const signed = verifySignatures(note, own).map(({ key }) => key);
  if (signed.length === 0) throw new ProofError("unknown_signer", "None of the known keys announced the next ones.");
  const keys = lines.map(parseVerifierKey);
  for (const key of own) {
    const same = ({ type }: VerifierKey) => type === key.type;
    if (!signed.some(same)) {
      throw new ProofError("missing_signature", `The next keys are not announced by ${labelOf(key)}.`);
    }
    if (!keys.some(same)) throw new ProofError("malformed_key", "Of a kind of key there is no next one.");
  }
  if (keys.some(({ name }) => name !== origin)) throw new ProofError("other_log", "The next keys are another log's.");
  return { origin, size, root, keys };
}

/** What is known after a renewal: its keys sign from there on, and those before it up to there. */
export function renewedKeys(known: readonly VerifierKey[], { origin, size, keys }: OpenedRenewal): VerifierKey[] {
  const labels = new Set(keys.map(labelOf));
  const replaced = known.map((key) =>
    key.name === origin && !labels.has(labelOf(key)) ? { ...key, until: Math.min(key.until ?? size, size) } : key,
  );
  const there = new Set(known.map(labelOf));
  return [...replaced, ...keys.filter((key) => !there.has(labelOf(key)))];
}
