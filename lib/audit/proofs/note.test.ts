import { ed25519 } from "@noble/curves/ed25519.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newSigningKey, signerOf } from "../signing";
import {
  ED25519,
  ED25519_COSIGNATURE,
  formatNote,
  formatProof,
  formatTreeHead,
  formatVerifierKey,
  fromBase64,
  leafHashOf,
  MLDSA44_COSIGNATURE,
  type NoteSigner,
  openCheckpoint,
  ProofError,
  parseNote,
  parsePath,
  parseProof,
  parseTreeHead,
  parseVerifierKey,
  signTreeHead,
  verifierKey,
  verifyConsistency,
  verifyEventProof,
  verifySignatures,
} from "./contract";

const TIMEOUT = process.env.SOAK ? 1_800_000 : 60_000;
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return "taken";
  } catch (error) {
    if (error instanceof ProofError) return error.code;
    throw error;
  }
};

// Facts that other implementations are tested with: C2SP signed-note, golang.org/x/mod/sumdb/note, FiloSottile/torchwood.
const C2SP_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const C2SP_NOTE =
  "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
const PETER_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER_SECRET = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const ENOCH_KEY = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH =
  "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
const verified = (note: string, ...keys: string[]) =>
  verifySignatures(parseNote(note), keys.map(parseVerifierKey)).map(({ key }) => key.name);

describe("signed notes", () => {
  it("verifies what others signed", () => {
    expect(verified(C2SP_NOTE, C2SP_KEY)).toEqual(["example.com/foo"]);
    const both = `${TEXT}\n${PETER}${ENOCH}`;
    expect(verified(both, PETER_KEY)).toEqual(["PeterNeumann"]);
    expect(verified(both, PETER_KEY, ENOCH_KEY)).toEqual(["PeterNeumann", "EnochRoot"]);
    expect(verified(both)).toEqual([]);
    expect(verified(`${TEXT}\n${PETER}${PETER}`, PETER_KEY)).toEqual(["PeterNeumann"]);
    expect(formatNote(parseNote(both))).toBe(both);
  });

  it("signs as others do", () => {
    const seed = fromBase64(PETER_SECRET)!.subarray(1);
    const key = verifierKey("PeterNeumann", ED25519, ed25519.getPublicKey(seed));
    expect(formatVerifierKey(key)).toBe(PETER_KEY);
    const signer = { key, sign: (bytes: Uint8Array) => ed25519.sign(bytes, seed) };
    expect(formatNote({ text: TEXT, signatures: signTreeHead(TEXT, [signer], new Date(0)) })).toBe(`${TEXT}\n${PETER}`);
  });

  it("refuses keys that were mangled", () => {
    for (let from = 0; from <= PETER_KEY.length; from++) {
      for (let to = from + 1; to <= PETER_KEY.length; to++) {
        if (to - from === PETER_KEY.length) continue;
        expect(codeOf(() => parseVerifierKey(PETER_KEY.slice(from, to)))).toBe("malformed_key");
      }
      const next = String.fromCharCode(PETER_KEY.charCodeAt(from) + 1);
      const mangled = `${PETER_KEY.slice(0, from)}${next}${PETER_KEY.slice(from + 1)}`;
      expect(codeOf(() => parseVerifierKey(mangled))).toBe("malformed_key");
    }
    const others = [
      "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
      "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ];
    for (const key of others) expect(codeOf(() => parseVerifierKey(key))).toBe("malformed_key");
  });

  it("refuses what is no note", () => {
    const bad = [
      TEXT,
      `${TEXT}\n`,
      `${TEXT}\n${PETER.slice(0, -1)}`,
      `\u0001${TEXT}\n${PETER}`,
      `\uFFFD${TEXT}\n${PETER}`,
      `\uD800${TEXT}\n${PETER}`,
      `${TEXT}\n— Bad Name ${PETER.slice("— PeterNeumann ".length)}`,
      `${TEXT}\n— Bad+Name ${PETER.slice("— PeterNeumann ".length)}`,
      `${TEXT}\n${PETER}Unexpected line.\n`,
      `${TEXT}\n${PETER.repeat(101)}`,
      `${TEXT}\n— PeterNeumann x08go/==\n`,
      `${TEXT}\n— PeterNeumann x08gow==\n`,
      "",
    ];
    for (const note of bad) expect(codeOf(() => parseNote(note))).toBe("malformed_note");
    const wrong = `${TEXT}\n${PETER.slice(0, 60)}ABCD${PETER.slice(60)}`;
    expect(codeOf(() => verified(wrong, PETER_KEY))).toBe("bad_signature");
    expect(codeOf(() => verified(`${TEXT}\n${PETER}${PETER.replace("/Sffc", "/Sffd")}`, PETER_KEY))).toBe(
      "bad_signature",
    );
    expect(verified(`${TEXT}\n${PETER.replace("x08g", "xxxx")}${ENOCH}`, PETER_KEY, ENOCH_KEY)).toEqual(["EnochRoot"]);
  });
});

// A log of sigsum.org's test, as a witness gets it.
const ORIGIN = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562";
const SIGSUM_KEY = verifierKey(
  ORIGIN,
  ED25519,
  Uint8Array.from(Buffer.from("ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f", "hex")),
);
const ONE = `${ORIGIN}\n1\nKgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— ${ORIGIN} UgIom7fPZTqpxWWhyjWduBvTvGVqsokMbqTArsQilegKoFBJQjUFAmQ0+YeSPM3wfUQMFSzVnnNuWRTYrajXpNUbIQY=\n`;
const THREE = `${ORIGIN}\n3\nRcCI1Nk56ZcSmIEfIn0SleqtV7uvrlXNccFx595Iwl0=\n\n— ${ORIGIN} UgIom2VbtIcdFbwFAy1n7s6IkAxIY6J/GQOTuZF2ORV39d75cbAj2aQYwyJre36kezNobZs4SUUdrcawfAB8WVrx6go=\n`;
const FIVE = `${ORIGIN}\n5\nQrtXrQZCCvpIgsSmOsah7HdICzMLLyDfxToMql9WTjY=\n\n— ${ORIGIN} UgIomw/EOJmWi0i1FQsOj+etB7F8IccFam/jgd6wzRns4QPVmyEZtdvl1U2KEmLOZ/ASRcWJi0tW90dJWAShei7sDww=\n`;

describe("checkpoints", () => {
  it("opens those of another log, and holds one against the other", () => {
    const [one, three, five] = [ONE, THREE, FIVE].map((note) => openCheckpoint(note, [SIGSUM_KEY]));
    expect([one!.size, three!.size, five!.size]).toEqual([1, 3, 5]);
    const toThree = ["KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "KgIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="];
    const toFive = [
      "KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
      "+fUDV+k970B4I3uKrqJM4aP1lloPZP8mvr2Z4wRw2LI=",
      "KgQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ];
    expect(verifyConsistency(one!, three!, parsePath(toThree))).toBe(true);
    expect(verifyConsistency(one!, five!, parsePath(toFive))).toBe(true);
    expect(verifyConsistency(three!, five!, parsePath(toFive))).toBe(false);
    expect(codeOf(() => openCheckpoint(ONE, [parseVerifierKey(PETER_KEY)]))).toBe("other_log");
    expect(codeOf(() => openCheckpoint(ONE, []))).toBe("unknown_signer");
  });

  const signers: NoteSigner[] = [
    signerOf("log.example/1", ED25519, newSigningKey(ED25519)),
    signerOf("log.example/1", MLDSA44_COSIGNATURE, newSigningKey(MLDSA44_COSIGNATURE)),
  ];
  const witnesses: NoteSigner[] = [
    signerOf("witness.example", ED25519_COSIGNATURE, newSigningKey(ED25519_COSIGNATURE)),
    signerOf("witness.example", MLDSA44_COSIGNATURE, newSigningKey(MLDSA44_COSIGNATURE)),
  ];
  const keys = signers.map(({ key }) => key);
  const event = '{"position":1}';
  const leaf = leafHashOf(Buffer.from(event));
  const text = formatTreeHead({ origin: "log.example/1", size: 1, root: leaf });
  const now = new Date("2026-11-23T12:00:00Z");
  const checkpoint = formatNote({ text, signatures: signTreeHead(text, [...signers, ...witnesses], now) });
  const given = { position: 1, leafHash: Buffer.from(leaf).toString("base64"), event, proof: [], checkpoint };

  it("is signed both ways, by the log and by a witness", () => {
    const opened = openCheckpoint(
      checkpoint,
      keys,
      witnesses.map(({ key }) => key),
    );
    expect(opened.signedBy.map(({ type }) => type)).toEqual([1, 6]);
    expect(opened.cosignedBy.map(({ at }) => at)).toEqual([now.getTime() / 1000, now.getTime() / 1000]);
    expect(verifyEventProof(given, keys).size).toBe(1);
    expect(codeOf(() => verifyEventProof({ ...given, event: '{"position":2}' }, keys))).toBe("event_differs");
    expect(codeOf(() => verifyEventProof({ ...given, position: 2 }, keys))).toBe("event_differs");
    expect(codeOf(() => verifyEventProof({ ...given, position: 2, event: null }, keys))).toBe("not_in_log");
    // Of an archived event the hash is left, and the proof with it.
    expect(verifyEventProof({ ...given, event: null }, keys).size).toBe(1);
  });

  it("is not signed by who signed something else in that name, or the same in another", () => {
    for (const [index, signer] of signers.entries()) {
      const other = { ...signer, key: verifierKey("log.example/2", signer.key.type, signer.key.publicKey) };
      const moved = text.replace("log.example/1", "log.example/2");
      const lines = parseNote(checkpoint).signatures.map((line) => ({
        ...line,
        name: other.key.name,
        id: other.key.id,
      }));
      expect(
        codeOf(() =>
          openCheckpoint(formatNote({ text: moved, signatures: lines.slice(index, index + 1) }), [other.key]),
        ),
      ).toBe("bad_signature");
    }
  });

  it("refuses texts that are no head of a tree", () => {
    const root = text.split("\n")[2];
    const bad = [
      `\n1\n${root}\n`,
      `a\n01\n${root}\n`,
      `a\n-1\n${root}\n`,
      `a\n99999999999999999\n${root}\n`,
      `a\n1\n${root?.slice(4)}\n`,
      `a\n1\n${root}\nmore\n`,
      `a\n1\n${root}`,
      `a\n0\n${root}\n`,
    ];
    for (const each of bad) expect(codeOf(() => parseTreeHead(each))).toBe("malformed_checkpoint");
    expect(parseTreeHead("a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n").size).toBe(0);
  });

  it(
    "takes no note in which a character was changed, added or lost",
    () => {
      const ed25519Only = formatNote({ text, signatures: signTreeHead(text, signers.slice(0, 1), now) });
      const [first] = keys;
      const whole = (note: string) => codeOf(() => verifyEventProof({ ...given, checkpoint: note }, [first!]));
      expect(whole(ed25519Only)).toBe("taken");
      fc.assert(
        fc.property(
          fc.nat(ed25519Only.length - 1),
          fc.constantFrom("change", "add", "drop"),
          fc.constantFrom(..."aZ09+/= \n—"),
          (at, how, char) => {
            if (how === "change" && ed25519Only[at] === char) return;
            const kept = how === "add" ? at : at + 1;
            const changed = `${ed25519Only.slice(0, at)}${how === "drop" ? "" : char}${ed25519Only.slice(kept)}`;
            // What was dropped or added may be one of two same characters beside each other.
            if (changed !== ed25519Only) expect(whole(changed)).not.toBe("taken");
          },
        ),
        { numRuns: process.env.SOAK ? 10_000 : 1_000, seed: 7 },
      );
    },
    TIMEOUT,
  );

  it(
    "does not take a post-quantum signature in which a bit was changed",
    () => {
      const [, key] = keys;
      const [line] = signTreeHead(text, signers.slice(1), now);
      const damaged = (at: number) => {
        const signature = Uint8Array.from(line!.signature);
        signature[at >> 3] = signature[at >> 3]! ^ (1 << (at & 7));
        return formatNote({ text, signatures: [{ ...line!, signature }] });
      };
      fc.assert(
        fc.property(fc.nat(2428 * 8 - 1), (at) => {
          expect(codeOf(() => openCheckpoint(damaged(at), [key!]))).toBe("bad_signature");
        }),
        { numRuns: process.env.SOAK ? 1_000 : 50, seed: 7 },
      );
    },
    TIMEOUT,
  );

  it("keeps a proof in a file of its own", () => {
    const file = { index: 0, path: [leaf, leaf], checkpoint };
    const written = formatProof(file);
    expect(parseProof(written)).toEqual({ ...file, path: [Uint8Array.from(leaf), Uint8Array.from(leaf)] });
    expect(parseProof(written.replace("index", "extra YWJj\nindex")).index).toBe(0);
    for (const bad of [
      "",
      written.replace("v1", "v2"),
      written.replace("index 0", "index 00"),
      "c2sp.org/tlog-proof@v1\n\n",
    ]) {
      expect(codeOf(() => parseProof(bad))).toBe("malformed_proof");
    }
    expect(codeOf(() => parseProof(written.replace("index 0\n", "index 0\nabcd\n")))).toBe("malformed_proof");
  });
});
