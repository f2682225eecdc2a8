import { hkdfSync } from "node:crypto";
import { type CryptoKey, jwtDecrypt } from "jose";
import { cookies } from "next/headers";
import { encode } from "next-auth/jwt";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import type { SessionToken } from "./session-keys";
import { SESSION_HOURS } from "./sessions";
import { sessionCookie } from "./sign-in-cookies";

let kept: { secret: string; key: Promise<CryptoKey> } | undefined;

function sessionSecret(): string {
  const { NEXTAUTH_SECRET: secret } = env();
  if (!secret) throw new AppError("not_ready", "NEXTAUTH_SECRET is not set. `signalbox start` sets it.");
  return secret;
}

// Derived as next-auth does, which writes the cookie; once, and not for each request.
function decryptionKey(): Promise<CryptoKey> {
  const secret = sessionSecret();
  if (kept?.secret !== secret) {
    const bytes = new Uint8Array(hkdfSync("sha256", secret, "", "NextAuth.js Generated Encryption Key", 32));
    kept = { secret, key: crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["decrypt"]) };
  }
  return kept.key;
}

/** The session that a cookie of next-auth's names; `null` for one that we did not make, or whose time is over. */
export async function sessionTokenIn(cookie: string | undefined): Promise<SessionToken | null> {
  if (!cookie) return null;
  const key = await decryptionKey();
  try {
    const { payload } = await jwtDecrypt(cookie, key, {
      clockTolerance: 15,
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    const { sid: id, key: held } = payload;
    return typeof id === "string" && typeof held === "string" ? { id, key: held } : null;
  } catch {
    return null;
  }
}

/** Of the request that is being answered. */
export async function currentSessionToken(): Promise<SessionToken | null> {
  const { name } = sessionCookie();
  return sessionTokenIn((await cookies()).getAll().find((cookie) => cookie.name === name)?.value);
}

/** The browser's cookie from here on; the one that it had is worth nothing any more. */
export async function handOut({ id: sid, key }: SessionToken): Promise<void> {
  const { name, options } = sessionCookie();
  const maxAge = SESSION_HOURS * 3600;
  const value = await encode({ token: { sid, key }, secret: sessionSecret(), maxAge });
  (await cookies()).set(name, value, { ...options, maxAge });
}
