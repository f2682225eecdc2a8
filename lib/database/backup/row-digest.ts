import { createHash } from "node:crypto";

const WORDS = [0, 8, 16, 24];

/** Of rows in whatever order: how many they are, and the sum of their SHA-256. */
export class RowDigest {
  private count = 0;
  private readonly sums = WORDS.map(() => 0n);

  add(row: Buffer): void {
    this.count++;
    const hash = createHash("sha256").update(row).digest();
    WORDS.forEach((at, n) => {
      this.sums[n] = BigInt.asUintN(64, (this.sums[n] ?? 0n) + hash.readBigUInt64BE(at));
    });
  }

  result(): { rows: number; digest: string } {
    return { rows: this.count, digest: this.sums.map((sum) => sum.toString(16).padStart(16, "0")).join("") };
  }
}
