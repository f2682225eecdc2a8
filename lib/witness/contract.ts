import type { Renewal } from "@/lib/audit/proofs/contract";

/** The body of C2SP tlog-witness's `POST /add-checkpoint`; the hashes of the proof are in base64. */
export function formatRequest(old: number, proof: readonly string[], checkpoint: string): string {
  return `${[`old ${old}`, ...proof].join("\n")}\n\n${checkpoint}`;
}

/** The body of `POST /add-renewal`, which is ours and not C2SP's: how a log goes over to its next keys, and that it grew up to there. */
export function formatRenewalRequest(
  origin: string,
  { keys, statement }: Renewal,
  { old, proof }: { old: number; proof: readonly string[] },
): string {
  return JSON.stringify({ origin, keys, statement, old, proof });
}
