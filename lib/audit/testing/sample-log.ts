import { ed25519 } from "@noble/curves/ed25519.js";
import { ml_dsa44 } from "@noble/post-quantum/ml-dsa.js";
import {
  ED25519,
  EXPORT_FORMAT,
  type ExportHeader,
  exportEventLine,
  exportHeaderLine,
  Frontier,
  formatNote,
  formatTreeHead,
  formatVerifierKey,
  type Hash,
  leafHashOf,
  MLDSA44_COSIGNATURE,
  type NoteSigner,
  type ProvenEvent,
  signTreeHead,
  toBase64,
  verifierKey,
} from "../proofs/contract";
import { proveConsistency, proveInclusion, type ReadNode } from "../proofs/tree";
import { canonicalBytes, EMPTY_LOG_HASH } from "../record";

export const SAMPLE_ORIGIN = "signalbox.example/sample/7d2f7e5a-1c53-4f8e-9d0b-0f6f3c1f9a11";
const TENANT = "7d2f7e5a-1c53-4f8e-9d0b-0f6f3c1f9a11";
const [ALICE, BOB] = ["2f0d8c2e-8a54-4c0b-9a34-5a8e0a5d7d01", "9b1f4a6c-3b7e-4a5d-8c2f-6d9e1b2a3c02"];
const START = Date.parse("2026-11-23T08:00:00.000Z");

/** Keys that everybody can make again: a log of examples, or of a test. */
export function sampleSigners(origin: string, seed = 1): NoteSigner[] {
  const bytes = new Uint8Array(32).fill(seed);
  const pair = ml_dsa44.keygen(bytes);
  return [
    {
      key: verifierKey(origin, ED25519, ed25519.getPublicKey(bytes)),
      sign: (message) => ed25519.sign(message, bytes),
    },
    {
      key: verifierKey(origin, MLDSA44_COSIGNATURE, pair.publicKey),
      sign: (message) => ml_dsa44.sign(message, pair.secretKey, { extraEntropy: false }),
    },
  ];
}

const STEPS: [type: string, noun: string, actor: string | undefined, data: Record<string, unknown>][] = [
  ["TenantCreated", "tenant", ALICE, { slug: "sample" }],
  ["ChangeOpened", "change", ALICE, { title: "Page the payments team at night", base: null }],
  ["ReceiverAdded", "change", ALICE, { receiver: "payments", integrations: ["pagerduty_configs"] }],
  ["SecretReplaced", "secret", ALICE, { kind: "routing_key" }],
  ["RouteMoved", "change", ALICE, { from: [0, 3], to: [0, 1] }],
  ["ReviewRequested", "change", ALICE, { approvals: 1 }],
  ["Refused", "refusal", BOB, { permission: "configuration:publish" }],
  ["ChangeApproved", "change", BOB, {}],
  ["RevisionCreated", "change", BOB, { number: 1 }],
  ["PublicationVerified", "publication", "system", { targets: 1 }],
];

export interface SampleLog {
  events: { text: string; leaf: Hash }[];
  /** Complete subtrees of the tree over them. */
  read: ReadNode;
}

/** A log of `count` events, always the same. */
export function sampleLog(count: number): SampleLog {
  const events: SampleLog["events"] = [];
  let previousHash: Uint8Array = EMPTY_LOG_HASH;
  for (let index = 0; index < count; index++) {
    const [type, noun, actor = "system", data] = STEPS[index % STEPS.length]!;
    const bytes = canonicalBytes({
      ...{ tenantId: TENANT, position: index + 1, streamType: noun, streamId: `${noun}-${index}`, streamVersion: 1 },
      ...{ type, data, actor, requestId: `request-${index}`, at: new Date(START + index * 60_000), previousHash },
    });
    const leaf = leafHashOf(bytes);
    previousHash = leaf;
    events.push({ text: bytes.toString("utf8"), leaf });
  }
  const read: ReadNode = async (level, index) => {
    const width = 2 ** level;
    const tree = new Frontier();
    for (const { leaf } of events.slice(index * width, (index + 1) * width)) tree.add(leaf);
    if (tree.size !== width) throw new RangeError(`${level}/${index} is not complete`);
    return tree.root();
  };
  return { events, read };
}

export function sampleCheckpoint(log: SampleLog, size: number, signers: readonly NoteSigner[]): string {
  const tree = new Frontier();
  for (const { leaf } of log.events.slice(0, size)) tree.add(leaf);
  const [signer] = signers;
  const text = formatTreeHead({ origin: signer?.key.name ?? "", size, root: tree.root() });
  return formatNote({ text, signatures: signTreeHead(text, signers, new Date(START + size * 60_000)) });
}

interface SampleChoice {
  /** Positions; all when left out. */
  only?: readonly number[];
  archived?: readonly number[];
  since?: number;
  /** Lines of witnesses. */
  cosignatures?: string;
}

/** The lines of an export of the whole log, or of a part. */
export async function sampleExport(
  log: SampleLog,
  signers: readonly NoteSigner[],
  { only, archived = [], since, cosignatures = "" }: SampleChoice = {},
): Promise<string[]> {
  const size = log.events.length;
  const positions = only ?? log.events.map((_, index) => index + 1);
  const growth = since === undefined ? null : (await proveConsistency(log.read, since, size)).map(toBase64);
  const header: ExportHeader = {
    format: EXPORT_FORMAT,
    checkpoint: sampleCheckpoint(log, size, signers) + cosignatures,
    keys: signers.map(({ key }) => formatVerifierKey(key)),
    complete: positions.length === size,
    events: positions.length,
    filter: {},
    since: growth && { size: since ?? 0, proof: growth },
  };
  const lines = [exportHeaderLine(header)];
  for (const position of positions) {
    const { text, leaf } = log.events[position - 1]!;
    const proof = (await proveInclusion(log.read, position - 1, size)).map(toBase64);
    const event: ProvenEvent = {
      position,
      leafHash: toBase64(leaf),
      event: archived.includes(position) ? null : text,
      proof,
    };
    lines.push(exportEventLine(event));
  }
  return lines.map((line) => line.slice(0, -1));
}
