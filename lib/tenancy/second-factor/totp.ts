import { generateSecret, generateURI, verify } from "otplib";

const PERIOD = 30;

/** Base32 of 160 bits, as RFC 4226 recommends. */
export const newTotpSecret = (): string => generateSecret();

/** What an authenticator app reads from the picture. */
export function totpUri(secret: string, email: string): string {
  return generateURI({ issuer: "Signalbox", label: email, secret });
}

/**
 * The time step (RFC 6238) that `code` belongs to: this one, or one before or after it, for clocks that go wrong.
 * `null`: none of them.
 */
export async function totpStep(secret: string, code: string, now: Date): Promise<number | null> {
  const token = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(token)) return null;
  const epoch = Math.floor(now.getTime() / 1000);
  const found = await verify({ secret, token, epoch, epochTolerance: PERIOD });
  return found.valid && "timeStep" in found ? found.timeStep : null;
}
