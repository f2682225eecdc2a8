import { hkdfSync } from "node:crypto";
import { type CryptoKey, jwtDecrypt } from "jose";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

let kept: { secret: string; key: Promise<CryptoKey> } | undefined;

// Derived as next-auth does, which writes the cookie; once, and not for each request.
function decryptionKey(): Promise<CryptoKey> {
  const { NEXTAUTH_SECRET: secret } = env();
  if (!secret) throw new AppError("not_ready", "NEXTAUTH_SECRET is not set. `signalbox start` sets it.");
  if (kept?.secret !== secret) {
    const bytes = new Uint8Array(hkdfSync("sha256", secret, "", "NextAuth.js Generated Encryption Key", 32));
    kept = { secret, key: crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["decrypt"]) };
  }
  return kept.key;
}

/** The id of the session that a cookie of next-auth's names; `null` for one that we did not make, or whose time is over. */
export async function sessionIdIn(cookie: string | undefined): Promise<string | null> {
  if (!cookie) return null;
  const key = await decryptionKey();
  try {
    const { payload } = await jwtDecrypt(cookie, key, {
      clockTolerance: 15,
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    return typeof payload.sid === "string" ? payload.sid : null;
  } catch {
    return null;
  }
}
