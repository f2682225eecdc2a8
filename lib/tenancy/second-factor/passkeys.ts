import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { onPlatform } from "@/lib/database";
import { challengeBytes, issueChallenge, takeChallenge } from "./challenges";
import type { Assertion, registrationSchema } from "./contract";
import { relyingParty } from "./relying-party";

type Registration = ReturnType<typeof registrationSchema.parse>;

const handleOf = (personId: string) => Uint8Array.from(Buffer.from(personId.replaceAll("-", ""), "hex"));

function passkeysOf(personId: string) {
  return onPlatform((tx) =>
    tx.secondFactor.findMany({
      where: { personId, kind: "passkey", confirmedAt: { not: null } },
      select: { credentialId: true, transports: true },
    }),
  );
}

async function known(personId: string) {
  return (await passkeysOf(personId)).flatMap(({ credentialId, transports }) =>
    credentialId ? [{ id: credentialId, transports }] : [],
  );
}

/** What the browser needs to make a passkey. Discoverable where the authenticator can: then it is a first factor too. */
export async function registrationOptions(person: { id: string; email: string; name: string }, sessionId: string) {
  const { rpID } = relyingParty();
  return generateRegistrationOptions({
    rpName: "Signalbox",
    rpID,
    userName: person.email,
    userDisplayName: person.name,
    userID: handleOf(person.id),
    challenge: challengeBytes(await issueChallenge("enrol", sessionId)),
    excludeCredentials: await known(person.id),
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
    attestationType: "none",
  });
}

export interface NewPasskey {
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: bigint;
  transports: string[];
  backedUp: boolean;
}

/** The passkey that was made for this session's challenge, at our own address; or `null`. */
export async function judgeRegistration(given: Registration, sessionId: string): Promise<NewPasskey | null> {
  const { rpID, origin } = relyingParty();
  const { clientDataJSON, attestationObject, transports = [] } = given.response;
  const expectedChallenge = await takeChallenge(clientDataJSON, "enrol", sessionId);
  if (expectedChallenge === null) return null;
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...given, response: { clientDataJSON, attestationObject }, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      requireUserVerification: false,
    });
    if (!verified) return null;
    const { credential, credentialBackedUp: backedUp } = registrationInfo;
    const publicKey = Uint8Array.from(credential.publicKey);
    return { credentialId: credential.id, publicKey, counter: BigInt(credential.counter), transports, backedUp };
  } catch {
    return null;
  }
}

/** `personId` null: whoever it is says so with the passkey alone, and must have unlocked it. */
export async function assertionOptions(personId: string | null, sessionId: string | null) {
  const { rpID } = relyingParty();
  return generateAuthenticationOptions({
    rpID,
    challenge: challengeBytes(await issueChallenge(personId ? "verify" : "sign-in", sessionId)),
    userVerification: personId ? "preferred" : "required",
    ...(personId ? { allowCredentials: await known(personId) } : {}),
  });
}

export type Judged =
  | { personId: string; factorId: string }
  | { refused: "challenge" | "unknown" | "signature" | "counter" };

/** Whose passkey answered. A counter that does not go up means that the key was copied, and is refused. */
export async function judgeAssertion(
  given: Assertion,
  who: { personId: string; sessionId: string } | null,
): Promise<Judged> {
  const { rpID, origin } = relyingParty();
  const { clientDataJSON, authenticatorData, signature, userHandle } = given.response;
  const expectedChallenge = await takeChallenge(clientDataJSON, who ? "verify" : "sign-in", who?.sessionId ?? null);
  if (expectedChallenge === null) return { refused: "challenge" };
  const factor = await onPlatform((tx) =>
    tx.secondFactor.findFirst({ where: { credentialId: given.id, confirmedAt: { not: null } } }),
  );
  if (!factor?.publicKey || (who && factor.personId !== who.personId)) return { refused: "unknown" };
  const handle = Buffer.from(handleOf(factor.personId)).toString("base64url");
  if (userHandle && userHandle !== handle) return { refused: "unknown" };
  const counter = Number(factor.counter);
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...given, response: { clientDataJSON, authenticatorData, signature }, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
      credential: { id: given.id, publicKey: Uint8Array.from(factor.publicKey), counter },
      requireUserVerification: who === null,
    });
    if (!verified) return { refused: "signature" };
    // Of two answers at once with the same counter, one wins.
    const { count } = await onPlatform((tx) =>
      tx.secondFactor.updateMany({
        where: { id: factor.id, counter: factor.counter },
        data: { counter: BigInt(authenticationInfo.newCounter), lastUsedAt: new Date() },
      }),
    );
    return count === 1 ? { personId: factor.personId, factorId: factor.id } : { refused: "counter" };
  } catch (error) {
    return { refused: error instanceof Error && /counter/i.test(error.message) ? "counter" : "signature" };
  }
}
