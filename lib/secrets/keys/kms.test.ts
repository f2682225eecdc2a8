import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { kmsKeys } from "./kms";
import type { Kek } from "./provider";

const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const kek: Kek = { version: 2, provider: "aws-kms", keyId: ARN, algorithm: "aes-256-gcm" };
const master = randomBytes(32);
const SETTINGS = {
  ...{ KMS_KEY_ID: ARN, AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: "session" },
  OUTBOUND_ALLOW: "keys=127.0.0.1",
};

let server: Server;
let refusals: { status: number; type: string }[] = [];
let asked: string[] = [];
let bodies: string[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    bodies.push(body);
    const { status, answer } = serve(request, body);
    response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  Object.assign(process.env, SETTINGS, { KMS_ENDPOINT: `http://127.0.0.1:${port}/` });
});
beforeEach(() => {
  [refusals, asked, bodies] = [[], [], []];
});
afterAll(() => {
  server.close();
  for (const name of [...Object.keys(SETTINGS), "KMS_ENDPOINT"]) delete process.env[name];
});

const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
const sha = (data: string) => createHash("sha256").update(data).digest("hex");

/** As AWS checks a signature: from what arrived. */
function isSigned({ headers, url, method }: IncomingMessage, body: string): boolean {
  const [, names = "", signature] = /SignedHeaders=([^,]+), Signature=(\w+)/.exec(headers.authorization ?? "") ?? [];
  const lines = names.split(";").map((name) => `${name}:${headers[name]}\n`);
  const canonical = `${method}\n${url}\n\n${lines.join("")}\n${names}\n${sha(body)}`;
  const date = String(headers["x-amz-date"]);
  const scope = `${date.slice(0, 8)}/eu-central-1/kms/aws4_request`;
  const key = scope.split("/").reduce<string | Buffer>((last, part) => hmac(last, part), `AWS4${SECRET}`);
  const expected = hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha(canonical)}`).toString("hex");
  return signature === expected && names.includes("x-amz-target") && names.includes("x-amz-security-token");
}

function serve(request: IncomingMessage, body: string): { status: number; answer: unknown } {
  const operation = String(request.headers["x-amz-target"]);
  asked.push(operation);
  const refusal = refusals.shift();
  if (refusal) return { status: refusal.status, answer: { __type: refusal.type, message: "of no use to others" } };
  if (!isSigned(request, body)) return { status: 400, answer: { __type: "InvalidSignatureException" } };
  const { KeyId, Plaintext, CiphertextBlob, EncryptionContext } = JSON.parse(body);
  const aad = Buffer.from(`${KeyId}${JSON.stringify(EncryptionContext)}`);
  if (operation === "TrentService.Encrypt") {
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", master, iv).setAAD(aad);
    const sealed = Buffer.concat([cipher.update(Buffer.from(Plaintext, "base64")), cipher.final()]);
    return {
      status: 200,
      answer: { KeyId, CiphertextBlob: Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64") },
    };
  }
  const blob = Buffer.from(CiphertextBlob, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", master, blob.subarray(0, 12)).setAAD(aad);
    decipher.setAuthTag(blob.subarray(12, 28));
    const opened = Buffer.concat([decipher.update(blob.subarray(28)), decipher.final()]);
    return { status: 200, answer: { KeyId, Plaintext: opened.toString("base64") } };
  } catch {
    return { status: 400, answer: { __type: "com.amazonaws.kms#InvalidCiphertextException" } };
  }
}

test("wraps and unwraps by signed requests, bound to key and context", async () => {
  const key = randomBytes(32);
  const wrapped = await kmsKeys.wrap(kek, key, "data key|a");
  expect(JSON.parse(bodies[0] ?? "")).toMatchObject({ KeyId: ARN, EncryptionContext: { signalbox: "data key|a" } });
  expect(await kmsKeys.unwrap(kek, wrapped, "data key|a")).toEqual(key);
  const refused = { code: "not_ready", message: expect.stringContaining("InvalidCiphertextException") };
  await expect(kmsKeys.unwrap(kek, wrapped, "data key|b")).rejects.toMatchObject(refused);
  await expect(kmsKeys.unwrap({ ...kek, keyId: "another" }, wrapped, "data key|a")).rejects.toMatchObject(refused);
  expect(await kmsKeys.generate(3, "aes-256-gcm")).toBe(ARN);
});

test("tries again where it is asked to wait, and only there", async () => {
  refusals = [
    { status: 400, type: "com.amazonaws.kms#ThrottlingException" },
    { status: 503, type: "ServiceUnavailable" },
  ];
  await kmsKeys.wrap(kek, randomBytes(32), "x");
  expect(asked).toHaveLength(3);
  asked = [];
  refusals = [{ status: 400, type: "AccessDeniedException" }];
  await expect(kmsKeys.wrap(kek, randomBytes(32), "x")).rejects.toThrow("AccessDeniedException");
  expect(asked).toHaveLength(1);
});

test("a wrong secret is refused, and not told; health is asked anew after a while only", async () => {
  process.env.AWS_SECRET_ACCESS_KEY = "another-secret";
  const failed = kmsKeys.wrap(kek, randomBytes(32), "x");
  await expect(failed).rejects.toThrow("InvalidSignatureException");
  await expect(failed).rejects.not.toThrow(/another-secret|of no use/);
  process.env.AWS_SECRET_ACCESS_KEY = SECRET;
  asked = [];
  await kmsKeys.health(kek);
  await kmsKeys.health(kek);
  expect(asked).toHaveLength(2);
});

test("credentials that are lent sign too, and are asked for anew when they are over", async () => {
  let lent = 0;
  const lender = createServer((_request, response) => {
    lent += 1;
    const answer = { AccessKeyId: "ASIA", SecretAccessKey: SECRET, Token: "lent", Expiration: "2999-01-01T00:00:00Z" };
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => lender.listen(0, "127.0.0.1", resolve));
  process.env.KMS_CREDENTIALS = "container";
  process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI = `http://127.0.0.1:${(lender.address() as AddressInfo).port}/`;
  process.env.AWS_SECRET_ACCESS_KEY = "not-this-one";
  try {
    const key = randomBytes(32);
    expect(await kmsKeys.unwrap(kek, await kmsKeys.wrap(kek, key, "x"), "x")).toEqual(key);
    expect(lent).toBe(1);
    refusals = [{ status: 400, type: "com.amazon.coral.service#ExpiredTokenException" }];
    await kmsKeys.wrap(kek, key, "x");
    expect(lent).toBe(2);
  } finally {
    lender.close();
    delete process.env.KMS_CREDENTIALS;
    delete process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI;
    process.env.AWS_SECRET_ACCESS_KEY = SECRET;
  }
});

test("what cannot be read is no answer", async () => {
  const before = process.env.KMS_ENDPOINT;
  const strange = createServer((request, response) =>
    response.writeHead(request.url === "/refused" ? 400 : 200).end("no JSON"),
  );
  await new Promise<void>((resolve) => strange.listen(0, "127.0.0.1", resolve));
  const { port } = strange.address() as AddressInfo;
  try {
    for (const [place, why] of [
      ["", "cannot be read"],
      ["refused", "status 400"],
    ]) {
      process.env.KMS_ENDPOINT = `http://127.0.0.1:${port}/${place}`;
      await expect(kmsKeys.wrap(kek, randomBytes(32), "x")).rejects.toThrow(why);
    }
  } finally {
    strange.close();
    process.env.KMS_ENDPOINT = before;
  }
});

test("leaves by the guarded door, and says which settings it needs", async () => {
  process.env.OUTBOUND_ALLOW = "targets=127.0.0.1";
  await expect(kmsKeys.wrap(kek, randomBytes(32), "x")).rejects.toMatchObject({ code: "outbound_refused" });
  process.env.OUTBOUND_ALLOW = SETTINGS.OUTBOUND_ALLOW;
  delete process.env.KMS_KEY_ID;
  await expect(kmsKeys.wrap(kek, randomBytes(32), "x")).rejects.toMatchObject({
    code: "not_ready",
    message: expect.stringContaining("KMS_KEY_ID"),
  });
  process.env.KMS_KEY_ID = ARN;
});
