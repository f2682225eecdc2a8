import { randomBytes } from "node:crypto";
import { z } from "zod";
import { onPlatform } from "@/lib/database";

const LIFE_MS = 5 * 60_000;

type Purpose = "enrol" | "verify" | "sign-in";

/** Worth one answer, in five minutes, for this purpose and in this session. */
export async function issueChallenge(purpose: Purpose, sessionId: string | null): Promise<string> {
  const challenge = randomBytes(32).toString("base64url");
  const now = Date.now();
  await onPlatform(async (tx) => {
    await tx.webauthnChallenge.deleteMany({ where: { expiresAt: { lt: new Date(now) } } });
    await tx.webauthnChallenge.create({
      data: { challenge, purpose, sessionId, expiresAt: new Date(now + LIFE_MS) },
    });
  });
  return challenge;
}

/** As the library takes it: it encodes bytes, and text twice. */
export const challengeBytes = (challenge: string) => Uint8Array.from(Buffer.from(challenge, "base64url"));

const clientDataSchema = z.object({ challenge: z.string().min(1).max(200) });

/** The challenge that an authenticator answered, now spent; `null` when it was none of ours for this purpose and session. */
export async function takeChallenge(
  clientDataJSON: string,
  purpose: Purpose,
  sessionId: string | null,
): Promise<string | null> {
  const challenge = challengeIn(clientDataJSON);
  if (challenge === null) return null;
  const { count } = await onPlatform((tx) =>
    tx.webauthnChallenge.deleteMany({ where: { challenge, purpose, sessionId, expiresAt: { gt: new Date() } } }),
  );
  return count === 1 ? challenge : null;
}

function challengeIn(clientDataJSON: string): string | null {
  try {
    return clientDataSchema.parse(JSON.parse(Buffer.from(clientDataJSON, "base64url").toString("utf8"))).challenge;
  } catch {
    return null;
  }
}
