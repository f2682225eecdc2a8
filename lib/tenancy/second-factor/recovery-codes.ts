import { createHash, randomInt } from "node:crypto";
import type { Transaction } from "@/lib/database";

// Crockford's: without I, L, O and U, which are read or spelt as something else.
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const CODES = 10;
const GROUPS = 7;

const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
/** 140 bits: a plain hash is enough to keep them. */
const newCode = () => Array.from({ length: GROUPS }, group).join("-");

function hashOf(personId: string, code: string): Buffer {
  const plain = code
    .toLowerCase()
    .replaceAll(/[^0-9a-z]/g, "")
    .replaceAll("o", "0")
    .replaceAll(/[il]/g, "1");
  return createHash("sha256").update(`recovery\0${personId}\0${plain}`).digest();
}

/** New ones for this person, shown once; older ones end. */
export async function replaceRecoveryCodes(tx: Transaction, personId: string, now: Date): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newCode);
  await tx.recoveryCode.deleteMany({ where: { personId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ personId, hash: Uint8Array.from(hashOf(personId, code)), createdAt: now })),
  });
  return codes;
}

/** Whether it was one of theirs that was not used; of two at once, one wins. */
export async function spendRecoveryCode(tx: Transaction, personId: string, code: string, now: Date): Promise<boolean> {
  const where = { personId, hash: Uint8Array.from(hashOf(personId, code)), usedAt: null };
  return (await tx.recoveryCode.updateMany({ where, data: { usedAt: now } })).count === 1;
}

export function recoveryCodesLeft(tx: Transaction, personId: string): Promise<number> {
  return tx.recoveryCode.count({ where: { personId, usedAt: null } });
}
