import { createHash, randomBytes } from "node:crypto";
import type { Transaction } from "@/lib/database";

/** What a browser's cookie holds: which session, and the key to it. The id is no secret, and of the key only a hash is kept. */
export interface SessionToken {
  id: string;
  key: string;
}

export function hashOfKey(key: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(key).digest());
}

export const newSessionKey = (): string => randomBytes(32).toString("base64url");

interface Kept {
  id: string;
  keyHash: Uint8Array<ArrayBuffer>;
  renewed?: SessionToken;
}

/**
 * A new key, and the one before is worth nothing. Of two requests with the same one, one renews it: the other's browser is the
 * same and has the new one by then. Whoever answers the request hands out `renewed`.
 */
export async function renewKey(tx: Transaction, session: Kept): Promise<void> {
  const { id, keyHash } = session;
  const key = newSessionKey();
  const { count } = await tx.authSession.updateMany({
    where: { id, keyHash, revokedAt: null },
    data: { keyHash: hashOfKey(key) },
  });
  if (count === 1) session.renewed = { id, key };
}
