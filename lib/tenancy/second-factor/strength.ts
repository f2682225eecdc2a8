/** What shows more than a password, a link or a sign-in service's word. `mfa`: the service says that it asked for two. */
const PROOFS: readonly string[] = ["totp", "passkey", "recovery", "mfa"];

interface Shown {
  hasSecondFactor: boolean;
  factors: readonly string[];
}

export function isProven({ factors }: Pick<Shown, "factors">): boolean {
  return factors.some((factor) => PROOFS.includes(factor));
}

/** Opens nothing but the page that asks for the second factor: also a session that is older than the factor. */
export function isPending(session: Shown): boolean {
  return session.hasSecondFactor && !isProven(session);
}

/** Whether the session may go where a tenant demands a second factor. */
export function meetsDemand({ hasSecondFactor, factors }: Shown): boolean {
  return isProven({ factors }) && (hasSecondFactor || factors.includes("mfa"));
}

/** RFC 8176; OpenID EAP ACR values; OpenID PAPE; REFEDS. */
const ACR_OF_TWO: readonly unknown[] = [
  "mfa",
  "phr",
  "phrh",
  "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
  "https://refeds.org/profile/mfa",
];

/** Whether the claims of a sign-in service say that it asked for two factors. */
export function claimsTwoFactors({ amr, acr }: Readonly<Record<string, unknown>>): boolean {
  return (Array.isArray(amr) && amr.includes("mfa")) || ACR_OF_TWO.includes(acr);
}
