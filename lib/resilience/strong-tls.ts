import { createSecureContext, type SecureContextOptions } from "node:tls";

// Key shares for the first two are sent at once, so a server without ML-KEM costs no second round trip. The plain list is for an
// OpenSSL before 3.5, where these words mean nothing.
const GROUPS = ["*X25519MLKEM768:*X25519:P-256:P-384:P-521", "X25519:P-256:P-384:P-521"];

let known: string | undefined;

function groups(): string {
  known ??= GROUPS.find((list) => {
    try {
      createSecureContext({ ecdhCurve: list });
      return true;
    } catch {
      return false;
    }
  });
  return known ?? "auto";
}

/** For every TLS connection that we open: post-quantum key agreement where the other side has it, and nothing before TLS 1.2. */
export function strongTls(): { ecdhCurve: string; minVersion: NonNullable<SecureContextOptions["minVersion"]> } {
  return { ecdhCurve: groups(), minVersion: "TLSv1.2" };
}
