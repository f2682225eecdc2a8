import { headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { clientAddressOf } from "@/lib/observability";
import { guardedAgent } from "@/lib/resilience";
import { nextAuthLogger } from "./next-auth-logger";
import { type Claims, signInWithOidc } from "./oidc-sign-in";
import { keepRefreshToken } from "./oidc-tokens";
import { endSession, liveSession, openSession, SESSION_HOURS } from "./sessions";
import { signInWithLink, signInWithPassword } from "./sign-in";

/** What the sign-in page offers. */
export function signInMethods(): { oidc: { id: string; name: string } | null; password: { id: string } | null } {
  const { OIDC_ISSUER, OIDC_NAME } = env();
  const oidc = OIDC_ISSUER ? { id: "oidc", name: OIDC_NAME ?? new URL(OIDC_ISSUER).host } : null;
  return { oidc, password: { id: "password" } };
}

function oidcProvider(issuer: string): OAuthConfig<Claims> {
  const { OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_SCOPE: scope, OIDC_NAME } = env();
  return {
    id: "oidc",
    name: OIDC_NAME ?? "OIDC",
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    issuer,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    // Without a secret this is what OAuth calls a public client: PKCE alone proves that the code is ours.
    ...(OIDC_CLIENT_SECRET ? {} : { client: { token_endpoint_auth_method: "none" as const } }),
    // All that next-auth asks of the provider (discovery, keys, code exchange) goes through the guarded door.
    httpOptions: { agent: guardedAgent("oidc", issuer.startsWith("https:") ? "https:" : "http:"), timeout: 10_000 },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    // Providers give a refresh token only to whoever asks for consent.
    authorization: { params: { scope, ...(scope.includes("offline_access") ? { prompt: "consent" } : {}) } },
    profile: ({ sub, email, name }) => ({ id: sub, email, name }),
  };
}

// next-auth hands the message of an error on to the sign-in page, which has a text for this one.
async function orRateLimited(work: Promise<string | null>): Promise<{ id: string } | null> {
  try {
    const id = await work;
    return id ? { id } : null;
  } catch (error) {
    throw error instanceof AppError && error.code === "rate_limited" ? new Error("RateLimited") : error;
  }
}

/** Read anew for each request, for the environment is known when the app runs, not when it is built. */
export function authOptions(): NextAuthOptions {
  const { OIDC_ISSUER, NEXTAUTH_SECRET } = env();
  if (!NEXTAUTH_SECRET) throw new AppError("not_ready", "NEXTAUTH_SECRET is not set. `signalbox start` sets it.");
  return {
    secret: NEXTAUTH_SECRET,
    logger: nextAuthLogger,
    session: { strategy: "jwt", maxAge: SESSION_HOURS * 3600 },
    pages: { signIn: "/sign-in", signOut: "/signed-out", error: "/sign-in" },
    providers: [
      ...(OIDC_ISSUER ? [oidcProvider(OIDC_ISSUER)] : []),
      Credentials({
        id: "password",
        credentials: { email: {}, password: {} },
        authorize: async (given) => {
          const address = clientAddressOf(await headers());
          return orRateLimited(signInWithPassword(given?.email ?? "", given?.password ?? "", address));
        },
      }),
      Credentials({
        id: "link",
        credentials: { token: {} },
        authorize: (given) => orRateLimited(signInWithLink(given?.token ?? "")),
      }),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== "oidc") return true;
        const personId = OIDC_ISSUER && profile ? await signInWithOidc(OIDC_ISSUER, profile as Claims) : null;
        // `jwt` gets the same object: from here on the id is ours, not the provider's.
        if (personId) user.id = personId;
        return personId !== null;
      },
      // The cookie names a row and holds nothing else, so whatever matters can be ended on the server.
      async jwt({ token, user, account }) {
        if (!user || !account) return { sid: token.sid };
        const method = account.provider === "oidc" || account.provider === "link" ? account.provider : "password";
        const request = await headers();
        const userAgent = request.get("user-agent") ?? "";
        const sid = await openSession(user.id, method, { userAgent, address: clientAddressOf(request) });
        if (account.refresh_token) {
          const expiresAt = new Date((account.expires_at ?? Date.now() / 1000 + 300) * 1000);
          await keepRefreshToken(sid, account.refresh_token, expiresAt);
        }
        return { sid };
      },
      session: ({ session, token }) => ({ expires: session.expires, sid: token.sid }),
    },
    events: {
      async signOut({ token }) {
        const session = await liveSession(token?.sid);
        if (session) await endSession(session.personId, session.id);
      },
    },
  };
}
