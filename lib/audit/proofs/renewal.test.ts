import { describe, expect, it } from "vitest";
import { newSigningKey, signerOf } from "../signing";
import { SAMPLE_ORIGIN, sampleCheckpoint, sampleExport, sampleLog, sampleSigners } from "../testing/sample-log";
import {
  ED25519,
  type ExportReport,
  Frontier,
  formatKnownKey,
  formatNote,
  formatVerifierKey,
  type Hash,
  MLDSA44_COSIGNATURE,
  type NoteSigner,
  openCheckpoint,
  openRenewal,
  ProofError,
  parseKnownKey,
  type Renewal,
  renewalText,
  renewedKeys,
  signTreeHead,
  toBase64,
  type VerifierKey,
  verifyExport,
} from "./contract";
import { proveConsistency } from "./tree";

const log = sampleLog(40);
const [first, second, third] = [1, 2, 3].map((seed) => sampleSigners(SAMPLE_ORIGIN, seed)) as [
  NoteSigner[],
  NoteSigner[],
  NoteSigner[],
];
const strangers = sampleSigners(SAMPLE_ORIGIN, 9);
const keysOf = (signers: readonly NoteSigner[]): VerifierKey[] => signers.map(({ key }) => key);
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return "taken";
  } catch (error) {
    if (error instanceof ProofError) return error.code;
    throw error;
  }
};

function rootAt(size: number): Hash {
  const tree = new Frontier();
  for (const { leaf } of log.events.slice(0, size)) tree.add(leaf);
  return tree.root();
}

function renewal(size: number, from: readonly NoteSigner[], to: readonly NoteSigner[], root = rootAt(size)): Renewal {
  const keys = to.map(({ key }) => formatVerifierKey(key));
  const text = renewalText({ origin: SAMPLE_ORIGIN, size, root }, keys);
  return { keys, statement: formatNote({ text, signatures: signTreeHead(text, from, new Date()) }) };
}

async function exported(signers: readonly NoteSigner[], steps: [size: number, Renewal][]): Promise<string[]> {
  const [header = "", ...events] = await sampleExport(log, signers);
  const renewals = await Promise.all(
    steps.map(async ([size, { keys, statement }]) => {
      const growth = (await proveConsistency(log.read, size, 40)).map(toBase64);
      return { growth, keys, statement };
    }),
  );
  const parsed = JSON.parse(header) as Record<string, unknown>;
  const { since, ...before } = parsed;
  return [JSON.stringify({ ...before, renewals, since }), ...events];
}
const told = ({ problems }: ExportReport) => [...new Set(problems.map(({ line, code }) => `${line} ${code}`))];

describe("a renewal of keys", () => {
  it("is what the keys before announced, with both kinds of signature", () => {
    const opened = openRenewal(renewal(20, first, second), keysOf(first));
    expect(opened).toEqual({ origin: SAMPLE_ORIGIN, size: 20, root: rootAt(20), keys: keysOf(second) });
    const known = renewedKeys(keysOf(first), opened);
    expect(known.map(({ until }) => until)).toEqual([20, 20, undefined, undefined]);
    // The same again changes nothing.
    expect(renewedKeys(known, openRenewal(renewal(20, first, second), known))).toEqual(known);
    expect(openCheckpoint(sampleCheckpoint(log, 20, first), known).signedBy).toHaveLength(2);
    expect(openCheckpoint(sampleCheckpoint(log, 21, second), known).signedBy).toHaveLength(2);
    expect(codeOf(() => openCheckpoint(sampleCheckpoint(log, 21, first), known))).toBe("unknown_signer");
  });

  it("is refused of anybody else, in part, of another log, and for other keys than those that were announced", () => {
    const good = renewal(20, first, second);
    const refused: [Renewal, string][] = [
      [renewal(20, strangers, second), "unknown_signer"],
      [renewal(20, second, second), "unknown_signer"],
      [renewal(20, first.slice(0, 1), second), "missing_signature"],
      [renewal(20, first.slice(1), second), "missing_signature"],
      [renewal(20, first, second.slice(0, 1)), "malformed_key"],
      [renewal(20, first, sampleSigners("other.example/log", 2)), "other_log"],
      [{ ...good, keys: keysOf(strangers).map(formatVerifierKey) }, "malformed_checkpoint"],
      [{ ...good, keys: [...good.keys, formatVerifierKey(strangers[0]!.key)] }, "malformed_checkpoint"],
      [{ ...good, statement: good.statement.replace("\n20\n", "\n21\n") }, "bad_signature"],
      // A checkpoint of the log is no announcement, whatever stands beside it.
      [{ ...good, statement: sampleCheckpoint(log, 20, first) }, "malformed_checkpoint"],
    ];
    for (const [given, code] of refused) expect(codeOf(() => openRenewal(given, keysOf(first)))).toBe(code);
    // Nor is an announcement a checkpoint.
    expect(codeOf(() => openCheckpoint(good.statement, keysOf(first)))).toBe("other_log");
    // Who was replaced announces nothing more.
    const known = renewedKeys(keysOf(first), openRenewal(good, keysOf(first)));
    expect(codeOf(() => openRenewal(renewal(30, first, strangers), known))).toBe("unknown_signer");
  });

  it("is made by keys as the installation makes them", () => {
    const made = [ED25519, MLDSA44_COSIGNATURE].map((type) =>
      signerOf(SAMPLE_ORIGIN, type as typeof ED25519, newSigningKey(type as typeof ED25519)),
    );
    expect(openRenewal(renewal(7, made, first), keysOf(made)).size).toBe(7);
  });

  it("is followed from the keys that a reader trusts, over one or two, and no further than it goes", async () => {
    const steps: [number, Renewal][] = [
      [11, renewal(11, first, second)],
      [25, renewal(25, second, third)],
    ];
    const lines = await exported(third, steps);
    const earlier = sampleCheckpoint(log, 9, first);
    const report = await verifyExport(lines, { keys: keysOf(first), earlier });
    expect(report).toMatchObject({ problems: [], renewedAt: [11, 25], grewFrom: 9, ownKeys: true });
    expect(await verifyExport(lines, { keys: keysOf(second) })).toMatchObject({ problems: [], renewedAt: [25] });
    expect(await verifyExport(lines, { keys: keysOf(third) })).toMatchObject({ problems: [], renewedAt: [] });
    expect(await verifyExport(lines)).toMatchObject({ problems: [], renewedAt: [], ownKeys: false });
    expect(told(await verifyExport(lines, { keys: keysOf(strangers) }))).toContain("1 unknown_signer");
    // Without the announcement the next keys are anybody's.
    for (const part of [[], steps.slice(0, 1), steps.slice(1)]) {
      expect(told(await verifyExport(await exported(third, part), { keys: keysOf(first) }))).toContain(
        "1 unknown_signer",
      );
    }
    // Signed on by those who were replaced.
    const on = await exported(first, steps.slice(0, 1));
    expect(told(await verifyExport(on, { keys: keysOf(first) }))).toContain("1 unknown_signer");
    // Announced for another log than this one became.
    const forked = await exported(second, [[11, renewal(11, first, second, rootAt(12))]]);
    expect(told(await verifyExport(forked, { keys: keysOf(first) }))).toEqual(["1 not_consistent"]);
    const spoilt = await exported(second, [[11, { ...steps[0]![1], statement: "x" }]]);
    expect(told(await verifyExport(spoilt, { keys: keysOf(first) }))).toEqual(["1 malformed_note"]);
  });

  it("keys are handed on with how far they signed", () => {
    const [key] = keysOf(first) as [VerifierKey];
    expect(parseKnownKey(formatKnownKey(key))).toEqual(key);
    expect(parseKnownKey(formatKnownKey({ ...key, until: 12 }))).toEqual({ ...key, until: 12 });
    for (const bad of ["", "x", `${formatVerifierKey(key)} until`, `${formatVerifierKey(key)} until 012`]) {
      expect(codeOf(() => parseKnownKey(bad))).toBe("malformed_key");
    }
  });
});
