import { describe, expect, it } from "vitest";
import {
  ED25519,
  Frontier,
  formatNote,
  formatTreeHead,
  formatVerifierKey,
  type Hash,
  leafHashOf,
  type NoteSigner,
  parseNote,
  renewalText,
  signTreeHead,
  toBase64,
  type VerifierKey,
  verifierKey,
  verifySignatures,
} from "@/lib/audit/proofs/contract";
import { proveConsistency, type ReadNode } from "@/lib/audit/proofs/tree";
import { newSigningKey, signerOf } from "@/lib/audit/signing";
import { formatRenewalRequest, formatRequest } from "./contract";
import { judgeCheckpoint, judgeRenewal, type SeenLog } from "./judge";

const now = new Date("2026-11-23T12:00:00Z");
const types = [0x04, 0x06] as const;
const signers = types.map((type) => signerOf("witness.example/w1", type, newSigningKey(type)));

class Memory {
  readonly seen = new Map<string, SeenLog>();
  readonly logs: readonly VerifierKey[];
  constructor(...logs: VerifierKey[]) {
    this.logs = logs;
  }
  add(body: string) {
    const verdict = judgeCheckpoint(body, this.logs, (origin) => this.seen.get(origin), signers, now);
    if (verdict.next) this.seen.set(verdict.next.origin, verdict.next.seen);
    return verdict;
  }
  renew(body: string) {
    const verdict = judgeRenewal(body, this.logs, (origin) => this.seen.get(origin));
    if (verdict.next) this.seen.set(verdict.next.origin, verdict.next.seen);
    return verdict;
  }
}

/** A log that can be anything. */
class Log {
  readonly origin = "log.example/1";
  readonly signer: NoteSigner = signerOf(this.origin, ED25519, newSigningKey(ED25519));
  leaves: Hash[];
  constructor(size: number) {
    this.leaves = Array.from({ length: size }, (_, index) => leafHashOf(Buffer.from(`event ${index}`)));
  }
  read: ReadNode = async (level, index) => {
    const tree = new Frontier();
    for (const leaf of this.leaves.slice(index * 2 ** level, (index + 1) * 2 ** level)) tree.add(leaf);
    return tree.root();
  };
  checkpoint(size = this.leaves.length, signer = this.signer): string {
    const tree = new Frontier();
    for (const leaf of this.leaves.slice(0, size)) tree.add(leaf);
    const text = formatTreeHead({ origin: this.origin, size, root: tree.root() });
    return formatNote({ text, signatures: signTreeHead(text, [signer], now) });
  }
  async request(old: number, size = this.leaves.length): Promise<string> {
    const proof = old > size ? [] : await proveConsistency(this.read, old, size);
    return formatRequest(old, proof.map(toBase64), this.checkpoint(size));
  }
}

// The requests that FiloSottile's litewitness is tested with, made by a log of sigsum.org.
const ORIGIN = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562";
const SIGSUM = verifierKey(
  ORIGIN,
  ED25519,
  Uint8Array.from(Buffer.from("ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f", "hex")),
);
const ONE = `old 0\n\n${ORIGIN}\n1\nKgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— ${ORIGIN} UgIom7fPZTqpxWWhyjWduBvTvGVqsokMbqTArsQilegKoFBJQjUFAmQ0+YeSPM3wfUQMFSzVnnNuWRTYrajXpNUbIQY=\n`;
const THREE = `old 1\nKgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\nKgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n${ORIGIN}\n3\nRcCI1Nk56ZcSmIEfIn0SleqtV7uvrlXNccFx595Iwl0=\n\n— ${ORIGIN} UgIom2VbtIcdFbwFAy1n7s6IkAxIY6J/GQOTuZF2ORV39d75cbAj2aQYwyJre36kezNobZs4SUUdrcawfAB8WVrx6go=\n`;
const FIVE = `old 1\nKgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n+fUDV+k970B4I3uKrqJM4aP1lloPZP8mvr2Z4wRw2LI=\nKgQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n${ORIGIN}\n5\nQrtXrQZCCvpIgsSmOsah7HdICzMLLyDfxToMql9WTjY=\n\n— ${ORIGIN} UgIomw/EOJmWi0i1FQsOj+etB7F8IccFam/jgd6wzRns4QPVmyEZtdvl1U2KEmLOZ/ASRcWJi0tW90dJWAShei7sDww=\n`;

describe("a witness", () => {
  it("takes what another log sends to another witness, and sees the slower of two that race", () => {
    const memory = new Memory(SIGSUM);
    expect(memory.add(ONE).status).toBe(200);
    expect(memory.add(FIVE).status).toBe(200);
    expect(memory.add(THREE)).toEqual({ status: 409, body: "5\n" });
    expect(memory.seen.get(ORIGIN)).toMatchObject({ size: 5, root: "QrtXrQZCCvpIgsSmOsah7HdICzMLLyDfxToMql9WTjY=" });
  });

  it("cosigns by both its keys, with the time, and keeps the log's signature beside", async () => {
    const log = new Log(9);
    const memory = new Memory(log.signer.key);
    const { status, body } = memory.add(await log.request(0));
    expect(status).toBe(200);
    const cosigned = verifySignatures(
      parseNote(log.checkpoint() + body),
      signers.map(({ key }) => key),
    );
    expect(cosigned.map(({ key, at }) => [key.type, at])).toEqual([
      [4, now.getTime() / 1000],
      [6, now.getTime() / 1000],
    ]);
    const kept = memory.seen.get(log.origin)?.note ?? "";
    expect(verifySignatures(parseNote(kept), [log.signer.key, ...signers.map(({ key }) => key)])).toHaveLength(3);
    // Asked again for the same it answers again.
    expect(memory.add(await log.request(9)).status).toBe(200);
  });

  it("answers as the protocol says what is wrong", async () => {
    const log = new Log(9);
    const memory = new Memory(log.signer.key);
    expect(memory.add(await log.request(0, 5)).status).toBe(200);
    const stranger = signerOf(log.origin, ED25519, newSigningKey(ED25519));
    const good = await log.request(5);
    const note = log.checkpoint();
    const status = (body: string) => memory.add(body).status;
    expect(status(formatRequest(5, [], log.checkpoint(9, stranger)))).toBe(403);
    expect(new Memory(SIGSUM).add(good).status).toBe(404);
    expect(memory.add(await log.request(0))).toEqual({ status: 409, body: "5\n" });
    expect(memory.add(await log.request(7))).toEqual({ status: 409, body: "5\n" });
    expect(status(formatRequest(10, [], note))).toBe(400);
    expect(status(formatRequest(5, [], note))).toBe(422);
    expect(status(good.replace("\n", `\n${toBase64(leafHashOf(Buffer.of(1)))}\n`))).toBe(422);
    for (const bad of [
      "",
      "old 5",
      "old 05\n\n",
      `old 5\n${note}`,
      good.replace("old", "new"),
      good.replace("old 5", "old  5"),
    ]) {
      expect(status(bad)).toBe(400);
    }
    expect(
      status(
        formatRequest(
          5,
          Array.from({ length: 64 }, () => toBase64(leafHashOf(Buffer.of(1)))),
          note,
        ),
      ),
    ).toBe(400);
    expect(memory.seen.get(log.origin)?.size).toBe(5);
    expect(status(good)).toBe(200);
  });

  it("finds a log that was cut, changed or written anew, however it is signed and whatever proof comes with it", async () => {
    const damages: [string, (log: Log) => void][] = [
      ["cut", ({ leaves }) => leaves.splice(20)],
      ["an event edited", ({ leaves }) => leaves.splice(3, 1, leafHashOf(Buffer.of(1)))],
      ["an event removed", ({ leaves }) => leaves.splice(3, 1)],
      ["two events swapped", ({ leaves }) => leaves.splice(3, 2, leaves[4]!, leaves[3]!)],
      ["written anew", (log) => (log.leaves = log.leaves.map((_, index) => leafHashOf(Buffer.from(`other ${index}`))))],
    ];
    for (const [name, damage] of damages) {
      for (const seen of [1, 2, 7, 23, 24, 31, 32, 33]) {
        if (name !== "written anew" && seen < 23) continue;
        const log = new Log(seen);
        const memory = new Memory(log.signer.key);
        expect(memory.add(await log.request(0)).status).toBe(200);
        damage(log);
        for (const more of [0, 1, 40]) {
          while (log.leaves.length < seen + more) log.leaves.push(leafHashOf(Buffer.from(`new ${log.leaves.length}`)));
          for (const old of [0, Math.min(seen, log.leaves.length), seen]) {
            expect(memory.add(await log.request(old)).status, `${name} ${seen} ${more} ${old}`).toBeGreaterThanOrEqual(
              400,
            );
          }
        }
        expect(memory.seen.get(log.origin)?.size).toBe(seen);
      }
    }
  });

  it("takes the next keys of a log from those before them, and then nothing more of those", async () => {
    const log = new Log(9);
    const memory = new Memory(log.signer.key);
    const next = signerOf(log.origin, ED25519, newSigningKey(ED25519));
    expect(memory.add(await log.request(0, 5)).status).toBe(200);
    const keys = [formatVerifierKey(next.key)];
    const renewal = (size: number, by: NoteSigner, proof: readonly string[], old = 5, given = log) => {
      const tree = new Frontier();
      for (const leaf of given.leaves.slice(0, size)) tree.add(leaf);
      const text = renewalText({ origin: log.origin, size, root: tree.root() }, keys);
      const statement = formatNote({ text, signatures: signTreeHead(text, [by], now) });
      return formatRenewalRequest(log.origin, { keys, statement }, { old, proof });
    };
    const growth = (await proveConsistency(log.read, 5, 7)).map(toBase64);
    const signedBy = async (signer: NoteSigner, old: number) => {
      const proof = (await proveConsistency(log.read, old, 9)).map(toBase64);
      return memory.add(formatRequest(old, proof, log.checkpoint(9, signer))).status;
    };
    expect(await signedBy(next, 5)).toBe(403);
    const status = (body: string) => memory.renew(body).status;
    for (const bad of ["", "{}", "[]", renewal(7, log.signer, growth).replace("old", "new")])
      expect(status(bad)).toBe(400);
    expect(new Memory(SIGSUM).renew(renewal(7, log.signer, growth)).status).toBe(404);
    expect(status(renewal(7, next, growth))).toBe(403);
    expect(memory.renew(renewal(7, log.signer, growth, 4))).toEqual({ status: 409, body: "5\n" });
    expect(memory.renew(renewal(4, log.signer, [], 5))).toEqual({ status: 409, body: "5\n" });
    expect(status(renewal(7, log.signer, []))).toBe(422);
    const other = new Log(9);
    other.leaves[2] = leafHashOf(Buffer.of(1));
    expect(status(renewal(7, log.signer, growth, 5, other))).toBe(422);
    expect(memory.seen.get(log.origin)?.keys).toBeUndefined();
    expect(status(renewal(7, log.signer, growth))).toBe(200);
    // The same again, as somebody asks who did not get the answer.
    expect(status(renewal(7, log.signer, [], 7))).toBe(200);
    expect(await signedBy(log.signer, 7)).toBe(403);
    expect(await signedBy(next, 7)).toBe(200);
    expect(memory.seen.get(log.origin)).toMatchObject({ size: 9, keys: [expect.stringMatching(/ until 7$/), keys[0]] });
  });
});
