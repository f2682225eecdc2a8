import { hkdfSync, randomUUID } from "node:crypto";
import { jwtVerify, SignJWT } from "jose";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";

export const ACCESS_SECONDS = 300;
const ISSUER = "signalbox";
const TYPE = "at+jwt";

export interface AccessClaims {
  /** The person, or the API token itself when it is a service account's. */
  subject: string;
  tenantId: string;
  family: string;
  scopes: readonly string[];
}

// All replicas hold the secret of the installation; from it a key that signs nothing else.
function key(): Uint8Array {
  const { NEXTAUTH_SECRET } = env();
  if (!NEXTAUTH_SECRET) throw new AppError("not_ready", "NEXTAUTH_SECRET is not set. `signalbox start` sets it.");
  return new Uint8Array(hkdfSync("sha256", NEXTAUTH_SECRET, "", "signalbox access tokens", 32));
}

const audienceOf = (tenantId: string) => `urn:signalbox:tenant:${tenantId}`;

/** A JWT (RFC 9068) for five minutes. It says for what it was made; whether that is over, the database says. */
export function signAccessToken({ subject, tenantId, family, scopes }: AccessClaims): Promise<string> {
  return new SignJWT({ family, scope: scopes.join(" ") })
    .setProtectedHeader({ alg: "HS256", typ: TYPE })
    .setIssuer(ISSUER)
    .setAudience(audienceOf(tenantId))
    .setSubject(subject)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${ACCESS_SECONDS} s`)
    .sign(key());
}

/** What it says, if we signed it and its time is not over; its tenant is for the caller to compare. */
export async function readAccessToken(
  jwt: string,
): Promise<{ audience: string; family: string; scopes: string[] } | null> {
  try {
    const { payload } = await jwtVerify(jwt, key(), { algorithms: ["HS256"], issuer: ISSUER, typ: TYPE });
    const { aud, family, scope } = payload;
    if (typeof aud !== "string" || typeof family !== "string" || typeof scope !== "string") return null;
    return { audience: aud, family, scopes: scope.split(" ") };
  } catch (error) {
    if (error instanceof AppError) throw error;
    return null;
  }
}

export const isFor = (audience: string, tenantId: string) => audience === audienceOf(tenantId);
