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
import { signInWithPasskey } from "./second-factor/passkey-sign-in";
import { claimsTwoFactors } from "./second-factor/strength";
import { currentSessionToken } from "./session-cookie";
import type { SessionToken } from "./session-keys";
import { endSession, liveSession, openSession, SESSION_HOURS, type SignInMethod } from "./sessions";
import { signInWithLink, signInWithPassword } from "./sign-in";
import { discoveryUrl, installationClient, type OidcClientSettings } from "./sign-in/clients";
import { signInThroughTenant } from "./sign-in/people";
import { authProviderId, providerIdIn, type UsableProvider } from "./sign-in/providers";
import { cookiesOf, isEncrypted } from "./sign-in-cookies";

/** What the sign-in page offers. */
export function signInMethods(): { oidc: { id: string; name: string } | null; password: { id: string } | null } {
  const { OIDC_ISSUER, OIDC_NAME } = env();
  const oidc = OIDC_ISSUER ? { id: "oidc", name: OIDC_NAME ?? new URL(OIDC_ISSUER).host } : null;
  return { oidc, password: { id: "password" } };
}

interface OidcClient extends OidcClientSettings {
  id: string;
  name: string;
  scope: string;
}

function oidcProvider({ id, name, purpose, issuer, clientId, clientSecret, scope }: OidcClient): OAuthConfig<Claims> {
  return {
    id,
    name,
    type: "oauth",
    wellKnown: discoveryUrl(issuer),
    issuer,
    clientId,
    clientSecret: clientSecret ?? undefined,
    // Without a secret this is what OAuth calls a public client: PKCE alone proves that the code is ours.
    ...(clientSecret ? {} : { client: { token_endpoint_auth_method: "none" as const } }),
    // All that next-auth asks of the provider (discovery, keys, code exchange) goes through the guarded door.
    httpOptions: { agent: guardedAgent(purpose, issuer.startsWith("https:") ? "https:" : "http:"), timeout: 10_000 },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    // Providers give a refresh token only to whoever asks for consent.
    authorization: { params: { scope, ...(scope.includes("offline_access") ? { prompt: "consent" } : {}) } },
    profile: ({ sub, email, name }) => ({ id: sub, email, name }),
  };
}

function methodOf({ type, provider }: { type: string; provider: string }): SignInMethod {
  if (type === "oauth") return "oidc";
  return provider === "link" || provider === "passkey" ? provider : "password";
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

async function leave(token: SessionToken | null): Promise<void> {
  const session = token && (await liveSession(token));
  // At the same time it may have been ended from elsewhere.
  if (session) await endSession(session.personId, session.id).catch(ignoreEnded);
}

function ignoreEnded(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== "not_found") throw error;
}

/** `tenant`: the service of the tenant that this request is about. */
function oidcProviders(tenant: UsableProvider | null): OAuthConfig<Claims>[] {
  const own = installationClient();
  const { id, settings, clientSecret } = tenant ?? {};
  return [
    ...(own ? [oidcProvider({ ...own, id: "oidc", name: env().OIDC_NAME ?? "OIDC", scope: env().OIDC_SCOPE })] : []),
    ...(id && settings
      ? [
          oidcProvider({
            id: authProviderId(id),
            name: settings.name,
            purpose: "sso",
            issuer: settings.issuer,
            clientId: settings.clientId,
            clientSecret: clientSecret ?? null,
            scope: settings.scopes,
          }),
        ]
      : []),
  ];
}

/**
 * Read anew for each request, for the environment is known when the app runs, not when it is built. Only a request that is
 * about signing in through a tenant's service needs that `tenant`'s.
 */
export function authOptions(tenant: UsableProvider | null = null): NextAuthOptions {
  const { OIDC_ISSUER, NEXTAUTH_SECRET } = env();
  const encrypted = isEncrypted();
  if (!NEXTAUTH_SECRET) throw new AppError("not_ready", "NEXTAUTH_SECRET is not set. `signalbox start` sets it.");
  return {
    secret: NEXTAUTH_SECRET,
    logger: nextAuthLogger,
    useSecureCookies: encrypted,
    cookies: cookiesOf(encrypted),
    session: { strategy: "jwt", maxAge: SESSION_HOURS * 3600 },
    pages: { signIn: "/sign-in", signOut: "/signed-out", error: "/sign-in" },
    providers: [
      ...oidcProviders(tenant),
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
        authorize: async (given) => orRateLimited(signInWithLink(given?.token ?? "", clientAddressOf(await headers()))),
      }),
      Credentials({
        id: "passkey",
        credentials: { response: {} },
        authorize: async (given) =>
          orRateLimited(signInWithPasskey(given?.response ?? "", clientAddressOf(await headers()))),
      }),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.type !== "oauth") return true;
        const claims = profile as Claims | undefined;
        let personId: string | null = null;
        if (!claims) personId = null;
        else if (account.provider === "oidc") personId = OIDC_ISSUER ? await signInWithOidc(OIDC_ISSUER, claims) : null;
        else if (tenant && account.provider === authProviderId(tenant.id)) {
          personId = await signInThroughTenant(tenant, claims);
        }
        // `jwt` gets the same object: from here on the id is ours, not the provider's.
        if (personId) user.id = personId;
        return personId !== null;
      },
      // The cookie names a row and holds nothing else, so whatever matters can be ended on the server.
      async jwt({ token, user, account, profile }) {
        if (!user || !account) return { sid: token.sid, key: token.key };
        const method = methodOf(account);
        const request = await headers();
        const userAgent = request.get("user-agent") ?? "";
        const device = { userAgent, address: clientAddressOf(request) };
        const providerId = providerIdIn(account.provider);
        const twoFactors = method === "oidc" && claimsTwoFactors({ ...profile });
        const { id: sid, key } = await openSession(user.id, method, device, { providerId, twoFactors });
        if (account.refresh_token) {
          const expiresAt = new Date((account.expires_at ?? Date.now() / 1000 + 300) * 1000);
          await keepRefreshToken(sid, account.refresh_token, expiresAt);
        }
        // This browser has another cookie from here on; nobody else shall go on with the one that it had.
        await leave(await currentSessionToken());
        return { sid, key };
      },
      session: ({ session, token }) => ({ expires: session.expires, sid: token.sid }),
    },
    events: {
      signOut: () => currentSessionToken().then(leave),
    },
  };
}
