import type { NextAuthOptions } from "next-auth";
import { env } from "@/lib/env";

const COOKIES = {
  sessionToken: "session-token",
  callbackUrl: "callback-url",
  csrfToken: "csrf-token",
  pkceCodeVerifier: "pkce.code_verifier",
  state: "state",
  nonce: "nonce",
} as const;
/** A sign-in that went to the provider is back by then, or begins anew. */
const ROUND_TRIP_SECONDS = 15 * 60;

export function isEncrypted(): boolean {
  const { NEXTAUTH_URL, PUBLIC_URL } = env();
  return (PUBLIC_URL ?? NEXTAUTH_URL ?? "").startsWith("https:");
}

/**
 * Over https a browser takes a cookie named `__Host-` for this host alone, whatever a neighbour below the same domain sets.
 * Over http it takes none that is called so.
 */
const cookieName = (name: string, encrypted: boolean) => `${encrypted ? "__Host-" : ""}next-auth.${name}`;

const cookieOptions = (encrypted: boolean) =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: encrypted }) as const;

/** The cookie that says which session a request belongs to. */
export function sessionCookie() {
  const encrypted = isEncrypted();
  return { name: cookieName(COOKIES.sessionToken, encrypted), options: cookieOptions(encrypted) };
}

export function cookiesOf(encrypted: boolean): NextAuthOptions["cookies"] {
  const named = Object.entries(COOKIES).map(([key, name]) => {
    const brief = key === "pkceCodeVerifier" || key === "state" || key === "nonce";
    const cookie = {
      name: cookieName(name, encrypted),
      options: { ...cookieOptions(encrypted), ...(brief ? { maxAge: ROUND_TRIP_SECONDS } : {}) },
    };
    return [key, cookie] as const;
  });
  return Object.fromEntries(named);
}
