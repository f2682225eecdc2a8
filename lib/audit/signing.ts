import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { AppError } from "@/lib/errors";
import { MLDSA44_COSIGNATURE, type NoteSigner, type SignatureType, verifierKey } from "./proofs/contract";

const algorithmOf = (type: SignatureType) => (type === MLDSA44_COSIGNATURE ? "ml-dsa-44" : "ed25519");
const publicBytesOf = (type: SignatureType) => (type === MLDSA44_COSIGNATURE ? 1312 : 32);

/** A private key (PKCS #8, DER). Whoever asks keeps it safe: this room keeps none. */
export function newSigningKey(type: SignatureType): Buffer {
  const pair = algorithmOf(type) === "ml-dsa-44" ? generateKeyPairSync("ml-dsa-44") : generateKeyPairSync("ed25519");
  return pair.privateKey.export({ type: "pkcs8", format: "der" });
}

/** Signs checkpoints as `name`: a log's origin, or a witness's name. */
export function signerOf(name: string, type: SignatureType, privateKey: Uint8Array): NoteSigner {
  const key = createPrivateKey({ key: Buffer.from(privateKey), type: "pkcs8", format: "der" });
  if (key.asymmetricKeyType !== algorithmOf(type)) throw new AppError("internal", "A signing key is of another kind.");
  // Both kinds of public key end in the bare key.
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  return {
    key: verifierKey(name, type, Uint8Array.from(spki.subarray(-publicBytesOf(type)))),
    sign: (bytes) => sign(null, bytes, key),
  };
}
