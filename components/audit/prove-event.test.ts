import { expect, it } from "vitest";
import { formatVerifierKey, fromBase64, verifyExport } from "@/lib/audit/proofs/contract";
import { SAMPLE_ORIGIN, sampleExport, sampleLog, sampleSigners } from "@/lib/audit/testing/sample-log";
import { isProven, judgeProof, proofFile } from "./prove-event";
import type { EventProof } from "./queries";

const signers = sampleSigners(SAMPLE_ORIGIN);
const lines = await sampleExport(sampleLog(24), signers, { archived: [5] });
const { checkpoint } = JSON.parse(lines[0] ?? "") as { checkpoint: string };
const hex = (base64: string) => Buffer.from(fromBase64(base64) ?? []).toString("hex");

function world(position: number) {
  const line = lines[position] ?? "";
  const parsed = JSON.parse(line) as { leafHash: string; proof: string[]; event: Record<string, unknown> | null };
  const event = parsed.event && line.slice('{"event":'.length, line.indexOf(',"leafHash"'));
  const answer: EventProof = {
    ...{ position, size: 24, leafHash: parsed.leafHash, proof: parsed.proof, event, checkpoint },
    keys: signers.map(({ key }) => formatVerifierKey(key)),
  };
  const told = parsed.event ?? {};
  const text = (name: string) => String(told[name] ?? "");
  const shown = {
    ...{ position, leafHash: hex(parsed.leafHash), type: text("type"), actor: text("actor"), at: text("at") },
    ...{ streamType: text("streamType"), streamId: text("streamId") },
  };
  return { answer, shown };
}

const failures = (steps: ReturnType<typeof judgeProof>) =>
  steps.filter(({ result }) => result === "failed").map(({ step, code }) => `${step} ${code}`);

it("every event of a log is proven, step by step, and its file is what an auditor verifies", async () => {
  for (let position = 1; position <= 24; position++) {
    const { answer, shown } = world(position);
    const steps = judgeProof(answer, shown);
    expect(failures(steps)).toEqual([]);
    expect(isProven(steps)).toBe(true);
    expect(steps[0]?.result).toBe(position === 5 ? "unknown" : "proven");
    const report = await verifyExport(proofFile(answer).trimEnd().split("\n"));
    expect(report).toMatchObject({ events: 1, complete: false, problems: [] });
  }
  expect(judgeProof(world(3).answer, world(3).shown)[2]?.said).toMatch(/Ed25519 (?:.|\n)*ML-DSA-44 /);
});

it("one changed character of the event, its hash, its proof, the checkpoint or a key is found", () => {
  const { answer, shown } = world(7);
  const fields = ["event", "leafHash", "checkpoint"] as const;
  const spoil = (text: string, at: number) => text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
  const isFound = (spoilt: EventProof) => !isProven(judgeProof(spoilt, shown));
  for (const field of fields) {
    const text = answer[field] ?? "";
    // Each one is a whole verification: a part of the characters will do.
    for (let at = 0; at < text.length; at += field === "checkpoint" ? 97 : 13) {
      expect(isFound({ ...answer, [field]: spoil(text, at) }), `${field} ${at}`).toBe(true);
    }
  }
  for (const [index, hash] of answer.proof.entries()) {
    expect(isFound({ ...answer, proof: answer.proof.with(index, spoil(hash, index * 5)) })).toBe(true);
  }
  for (const [index, key] of answer.keys.entries()) {
    expect(isFound({ ...answer, keys: answer.keys.with(index, spoil(key, key.length - 9)) })).toBe(true);
  }
});

it("says which step it was", () => {
  const { answer, shown } = world(7);
  const event = answer.event?.replace('"position":7', '"position":8') ?? null;
  expect(failures(judgeProof({ ...answer, event }, shown))).toEqual(["event event_differs", "shown event_differs"]);
  const reversed = answer.proof.toReversed();
  expect(failures(judgeProof({ ...answer, proof: reversed }, shown))).toEqual(["inclusion not_in_log"]);
  expect(failures(judgeProof(answer, { ...shown, actor: "somebody else" }))).toEqual(["shown event_differs"]);
  const other = world(8);
  expect(failures(judgeProof(other.answer, shown))).toEqual([
    "event event_differs",
    "shown event_differs",
    "inclusion not_in_log",
  ]);
  const strangers = sampleSigners(SAMPLE_ORIGIN, 9).map(({ key }) => formatVerifierKey(key));
  expect(failures(judgeProof({ ...answer, keys: strangers }, shown))).toEqual(["checkpoint unknown_signer"]);
  expect(failures(judgeProof({ ...answer, checkpoint: "x" }, shown))).toContain("inclusion malformed_note");
});
