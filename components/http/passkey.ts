import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/browser";
import { api } from "./api";

/** Only asked for by those who use a passkey. */
const library = () => import("@simplewebauthn/browser");

/** Whether this browser can, at the address that it shows: it must be the one that the server knows passkeys for. */
export function passkeysHere(origin: string): boolean {
  return typeof window.PublicKeyCredential === "function" && window.location.origin === origin;
}

/** Lets the authenticator answer what `path` asks. Throws when the person turns it down. */
export async function showPasskey(path: string) {
  const [{ startAuthentication }, optionsJSON] = await Promise.all([
    library(),
    api<PublicKeyCredentialRequestOptionsJSON>(path, { method: "POST" }),
  ]);
  return startAuthentication({ optionsJSON });
}

export async function makePasskey(path: string) {
  const [{ startRegistration }, optionsJSON] = await Promise.all([
    library(),
    api<PublicKeyCredentialCreationOptionsJSON>(path, { method: "POST" }),
  ]);
  return startRegistration({ optionsJSON });
}

/** Turned down, or too late: the browser has said so itself. */
export function wasTurnedDown(error: unknown): boolean {
  return error instanceof Error && (error.name === "NotAllowedError" || error.name === "AbortError");
}
