import { createHash, randomBytes, randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import type { TestDatabase } from "./database";

/** A session as sign-in would leave it; the value of its cookie. */
export async function signedIn(
  database: TestDatabase,
  personId: string,
  secret: string,
  factors: readonly string[] = [],
): Promise<string> {
  const sid = randomUUID();
  const key = randomBytes(32).toString("base64url");
  await database.asOwner(
    `INSERT INTO auth_sessions (id, person_id, method, user_agent, created_at, last_seen_at, expires_at, factors, key_hash)
     VALUES ($1, $2, 'password', 'vitest', now(), now(), now() + interval '1 hour', $3, $4)`,
    [sid, personId, factors, createHash("sha256").update(key).digest()],
  );
  return encode({ token: { sid, key }, secret });
}
