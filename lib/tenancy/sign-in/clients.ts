import { env } from "@/lib/env";
import type { OutboundPurpose } from "@/lib/resilience";
import { usableProvider } from "./providers";

/** As whom we ask a provider, and through which door. */
export interface OidcClientSettings {
  purpose: Extract<OutboundPurpose, "oidc" | "sso">;
  issuer: string;
  clientId: string;
  clientSecret: string | null;
}

/** The service of the installation, which its operator set. */
export function installationClient(): OidcClientSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET } = env();
  return issuer && clientId ? { purpose: "oidc", issuer, clientId, clientSecret: OIDC_CLIENT_SECRET ?? null } : null;
}

/** Of the service that vouches for a session, or `null` when it is not in use any more. */
export async function clientOf(providerId: string | null): Promise<OidcClientSettings | null> {
  if (!providerId) return installationClient();
  const provider = await usableProvider(providerId);
  if (!provider) return null;
  const { settings, clientSecret } = provider;
  return { purpose: "sso", issuer: settings.issuer, clientId: settings.clientId, clientSecret };
}

export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
}

export function basicAuthorization(clientId: string, secret: string): string {
  const credentials = `${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`;
  return `Basic ${Buffer.from(credentials).toString("base64")}`;
}
