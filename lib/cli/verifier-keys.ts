import { readFileSync } from "node:fs";
import { parseKnownKey, type VerifierKey } from "@/lib/audit/proofs/contract";

/** A key itself, or a file with one in each line. */
export function keysIn(given: string): VerifierKey[] {
  if (given.includes("+")) return [parseKnownKey(given)];
  const lines = readFileSync(given, "utf8").split("\n");
  return lines.filter((line) => line.trim() !== "" && !line.startsWith("#")).map((line) => parseKnownKey(line.trim()));
}
