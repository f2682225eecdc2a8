import { createHmac, createSecretKey } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";

export interface Asked {
  clientId: string;
  clientSecret: string;
  nonce: string;
}

/** A sign-in service that answers every code with the ID token it is told to make, right or forged. */
export async function startForgingIssuer() {
  const [right, wrong] = await Promise.all([
    generateKeyPair("RS256", { extractable: true }),
    generateKeyPair("RS256", { extractable: true }),
  ]);
  const [jwk, pem] = await Promise.all([exportJWK(right.publicKey), exportSPKI(right.publicKey)]);
  const keys = [{ ...jwk, kid: "k1", alg: "RS256", use: "sig" }];
  let idToken: string | undefined;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", issuer);
    const answers: Record<string, object> = {
      "/.well-known/openid-configuration": {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        // What it says of itself changes nothing of what is taken.
        id_token_signing_alg_values_supported: ["RS256", "HS256", "none"],
      },
      "/jwks": { keys },
      "/token": { access_token: "a", token_type: "Bearer", ...(idToken === undefined ? {} : { id_token: idToken }) },
    };
    const answer = answers[pathname];
    response.writeHead(answer ? 200 : 404, { "content-type": "application/json" }).end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const now = () => Math.floor(Date.now() / 1000);
  const claims = ({ clientId: aud, nonce }: Asked) => ({
    ...{ iss: issuer, aud, nonce, sub: "carla", iat: now(), exp: now() + 300 },
    ...{ email: "carla@forged.example", email_verified: true, name: "Carla", groups: ["sre"] },
  });
  const header = { alg: "RS256", kid: "k1" };
  const signed = (payload: Record<string, unknown>, key = right.privateKey, kid = "k1") =>
    new SignJWT(payload).setProtectedHeader({ ...header, kid }).sign(key);
  const keyed = (payload: Record<string, unknown>, secret: string, kid?: string) =>
    new SignJWT(payload)
      .setProtectedHeader({ alg: "HS256", ...(kid ? { kid } : {}) })
      .sign(createSecretKey(Buffer.from(secret)));
  const without = (asked: Asked, name: string) =>
    Object.fromEntries(Object.entries(claims(asked)).filter(([key]) => key !== name));

  const tokens = {
    right: (asked: Asked) => signed(claims(asked)),
    "signed with another key": (asked: Asked) => signed(claims(asked), wrong.privateKey),
    "signed with a key nobody knows": (asked: Asked) => signed(claims(asked), wrong.privateKey, "k2"),
    "not signed, alg none": async (asked: Asked) => new UnsecuredJWT(claims(asked)).encode(),
    "signed by HS256 with the public key": (asked: Asked) => keyed(claims(asked), pem, "k1"),
    "signed by HS256 with the client's secret": (asked: Asked) => keyed(claims(asked), asked.clientSecret),
    "changed after it was signed": async (asked: Asked) => {
      const [head, , signature] = (await signed(claims(asked))).split(".");
      const body = Buffer.from(JSON.stringify({ ...claims(asked), sub: "somebody-else" })).toString("base64url");
      return `${head}.${body}.${signature}`;
    },
    "keyed with nothing under a header that says RS256": async (asked: Asked) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
      const text = `${part(header)}.${part(claims(asked))}`;
      return `${text}.${createHmac("sha256", pem).update(text).digest("base64url")}`;
    },
    "for another client": (asked: Asked) => signed({ ...claims(asked), aud: "another" }),
    "for nobody": (asked: Asked) => signed(without(asked, "aud")),
    "of another issuer": (asked: Asked) => signed({ ...claims(asked), iss: "https://id.example" }),
    expired: (asked: Asked) => signed({ ...claims(asked), iat: now() - 600, exp: now() - 300 }),
    "without an end": (asked: Asked) => signed(without(asked, "exp")),
    "with another nonce": (asked: Asked) => signed({ ...claims(asked), nonce: "of-another-request" }),
    "without a nonce": (asked: Asked) => signed(without(asked, "nonce")),
    missing: async () => undefined,
  };
  return {
    issuer,
    names: Object.keys(tokens).filter((name) => name !== "right") as (keyof typeof tokens)[],
    /** The next answer of the token endpoint. */
    answerWith: async (name: keyof typeof tokens, asked: Asked) => {
      idToken = await tokens[name](asked);
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
