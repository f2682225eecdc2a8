import {
  EXPORT_FORMAT,
  exportEventLine,
  exportHeaderLine,
  fromBase64,
  type Hash,
  labelOf,
  leafOf,
  MLDSA44_COSIGNATURE,
  openCheckpoint,
  ProofError,
  type ProofErrorCode,
  parseNote,
  parsePath,
  parseTreeHead,
  parseVerifierKey,
  verifyInclusion,
} from "@/lib/audit/proofs/contract";
import type { AuditEntry } from "@/lib/tenancy/audit/contract";
import type { EventProof } from "./queries";

export const PROOF_STEPS = ["event", "shown", "checkpoint", "inclusion", "witnesses"] as const;

export interface ProofStep {
  step: (typeof PROOF_STEPS)[number];
  /** `unknown`: there was nothing to verify, or nothing to verify it with. */
  result: "proven" | "failed" | "unknown";
  code?: ProofErrorCode;
  /** What was compared, to compare it oneself. */
  said: string;
}

type Shown = Pick<AuditEntry, "position" | "leafHash" | "type" | "actor" | "at" | "streamType" | "streamId">;
type Outcome = Pick<ProofStep, "result" | "said">;

/** Holds the answer of the server against itself and against what the page shows. Each step is judged by itself. */
export function judgeProof(answer: EventProof, shown: Shown): ProofStep[] {
  return [
    judged("event", () => {
      if (answer.position !== shown.position) throw new ProofError("event_differs", `It is of ${answer.position}.`);
      const said = hex(leafOf(answer));
      return answer.event === null ? { result: "unknown", said } : { result: "proven", said };
    }),
    judged("shown", () => {
      const leaf = fromBase64(answer.leafHash);
      const same = leaf !== undefined && hex(leaf) === shown.leafHash && tellsTheSame(answer.event, shown);
      if (!same) throw new ProofError("event_differs", "The page shows another event than the one that is proven.");
      return { result: "proven", said: `${shown.type} · ${shown.at}` };
    }),
    judged("checkpoint", () => {
      const keys = answer.keys.map(parseVerifierKey);
      const { origin, size, signedBy } = openCheckpoint(answer.checkpoint, keys);
      // A log signs with a key of each kind that it has: a line that was spoilt would else count as somebody else's.
      if (keys.some(({ type }) => !signedBy.some((key) => key.type === type))) {
        throw new ProofError("missing_signature", "Not every kind of key signed it.");
      }
      const by = signedBy.map((key) => `${key.type === MLDSA44_COSIGNATURE ? "ML-DSA-44" : "Ed25519"} ${labelOf(key)}`);
      return { result: "proven", said: [`${origin}, ${size}`, ...by].join("\n") };
    }),
    judged("inclusion", () => {
      const { size, root } = parseTreeHead(parseNote(answer.checkpoint).text);
      const path = parsePath(answer.proof);
      const leaf = fromBase64(answer.leafHash);
      if (!leaf || !verifyInclusion(leaf, shown.position - 1, size, path, root)) {
        throw new ProofError("not_in_log", `The ${path.length} hashes do not lead to the root.`);
      }
      return { result: "proven", said: `${shown.position}/${size}, ${path.length} × SHA-256 → ${hex(root)}` };
    }),
    judged("witnesses", () => {
      const own = new Set(answer.keys.map((key) => labelOf(parseVerifierKey(key))));
      const others = parseNote(answer.checkpoint).signatures.map(labelOf);
      return { result: "unknown", said: [...new Set(others.filter((label) => !own.has(label)))].join("\n") };
    }),
  ];
}

function judged(step: ProofStep["step"], judge: () => Outcome): ProofStep {
  try {
    return { step, ...judge() };
  } catch (error) {
    const [code, said] =
      error instanceof ProofError
        ? ([error.code, error.message] as const)
        : (["malformed_proof", String(error)] as const);
    return { step, result: "failed", code, said };
  }
}

function tellsTheSame(event: string | null, shown: Shown): boolean {
  if (event === null) return true;
  const told: unknown = JSON.parse(event);
  if (typeof told !== "object" || told === null) return false;
  const names = ["position", "type", "actor", "at", "streamType", "streamId"] as const;
  return names.every((name) => Reflect.get(told, name) === shown[name]);
}

const hex = (hash: Hash) => Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");

export const isProven = (steps: readonly ProofStep[]): boolean => steps.every(({ result }) => result !== "failed");

/** As `signalbox audit verify --file` reads it. */
export function proofFile({ checkpoint, keys, position, ...proven }: EventProof): string {
  const { leafHash, event, proof } = proven;
  const filter = { after: position - 1, until: position };
  const header = { format: EXPORT_FORMAT, checkpoint, keys, complete: false, events: 1, filter, since: null } as const;
  return exportHeaderLine(header) + exportEventLine({ position, leafHash, event, proof });
}
