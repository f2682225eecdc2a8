import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

const sha256 = (data: Uint8Array | string) => createHash("sha256").update(data).digest();
const base64url = (data: Uint8Array | string) => Buffer.from(data).toString("base64url");

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const NEW_CREDENTIAL = 0x40;

interface How {
  origin: string;
  rpID: string;
  challenge: string;
  /** Set by tests that want something else than what is right. */
  counter?: number;
  verified?: boolean;
}

/** A security key in software: one credential, P-256, as WebAuthn Level 3 lays its answers out. */
export class SoftwareAuthenticator {
  private readonly key: KeyObject;
  private readonly publicKey: KeyObject;
  private readonly id = randomBytes(16);
  private userHandle = "";
  counter = 0;

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.key = privateKey;
    this.publicKey = publicKey;
  }

  create({ userHandle, ...how }: How & { userHandle: string }) {
    this.userHandle = userHandle;
    const { x = "", y = "" } = this.publicKey.export({ format: "jwk" });
    const cose = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Uint8Array.from(Buffer.from(x, "base64url"))],
      [-3, Uint8Array.from(Buffer.from(y, "base64url"))],
    ]);
    const length = Buffer.from([0, this.id.length]);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, isoCBOR.encode(cose)]);
    const authData = Buffer.concat([this.head(how, NEW_CREDENTIAL), credential]);
    const attestation = new Map<string, unknown>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", Uint8Array.from(authData)],
    ]);
    return {
      ...this.named(),
      response: {
        clientDataJSON: this.clientData("webauthn.create", how),
        attestationObject: base64url(isoCBOR.encode(attestation as never)),
        transports: ["usb"],
      },
    };
  }

  get(how: How) {
    const authenticatorData = this.head(how, 0);
    const clientDataJSON = this.clientData("webauthn.get", how);
    const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, "base64url"))]);
    const signature = base64url(sign("sha256", signed, this.key));
    const { userHandle } = this;
    return {
      ...this.named(),
      response: {
        clientDataJSON,
        authenticatorData: base64url(authenticatorData),
        signature,
        ...(userHandle ? { userHandle } : {}),
      },
    };
  }

  private named() {
    const id = base64url(this.id);
    return { id, rawId: id, type: "public-key" as const };
  }

  private head({ rpID, counter, verified = true }: How, flags: number): Buffer {
    this.counter = counter ?? this.counter + 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.counter);
    const flag = flags | USER_PRESENT | (verified ? USER_VERIFIED : 0);
    return Buffer.concat([sha256(rpID), Buffer.from([flag]), count]);
  }

  private clientData(type: string, { challenge, origin }: How): string {
    return base64url(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }
}
