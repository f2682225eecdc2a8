import { randomBytes } from "node:crypto";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { outboundRequest, retry, signAws } from "@/lib/resilience";
import { awsCredentials, forgetAwsCredentials } from "./aws-credentials";
import type { KeyProvider } from "./provider";

const ATTEMPTS = 4;
/** Each question costs. */
const HEALTHY_MS = 30_000;

const base64 = z.base64().transform((text) => Buffer.from(text, "base64"));
const encryptedSchema = z.object({ CiphertextBlob: base64 });
const decryptedSchema = z.object({ Plaintext: base64 });
const refusalSchema = z.object({ __type: z.string() });

interface Settings {
  keyId: string;
  url: URL;
  region: string;
}

function settings(): Settings {
  const { KMS_KEY_ID: keyId, KMS_ENDPOINT, AWS_REGION } = env();
  const region = keyId && (/^arn:aws[\w-]*:kms:([\w-]+):/.exec(keyId)?.[1] ?? AWS_REGION);
  if (!keyId || !region)
    throw new AppError("not_ready", "A key in AWS KMS needs KMS_KEY_ID, and AWS_REGION where it is no ARN.");
  return { keyId, region, url: new URL(KMS_ENDPOINT ?? `https://kms.${region}.amazonaws.com/`) };
}

/** A refusal in one of the service's own words; what it says beside them is not repeated. */
class Refused extends AppError {
  constructor(
    readonly again: boolean,
    why: string,
  ) {
    super("not_ready", `AWS KMS did not do it: ${why}.`);
  }
}

/** Lent ones end; the next try asks for new ones. */
const OVER = /^(?:ExpiredToken|ExpiredTokenException|UnrecognizedClientException)$/;
const AGAIN = /Throttling|LimitExceeded|KMSInternal|DependencyTimeout|ServiceUnavailable/;

function call<T>(operation: "Encrypt" | "Decrypt", body: Record<string, unknown>, answer: z.ZodType<T>): Promise<T> {
  return retry(() => once(operation, JSON.stringify(body), answer), {
    attempts: ATTEMPTS,
    baseMs: 200,
    retryIf: (error) => (error instanceof Refused ? error.again : isUnreachable(error)),
  });
}

const isUnreachable = (error: unknown) => error instanceof AppError && error.code === "target_unreachable";

async function once<T>(operation: string, body: string, answer: z.ZodType<T>): Promise<T> {
  const { url, region } = settings();
  const { accessKey, secretKey, session } = await awsCredentials(region);
  const stamp = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const headers: [string, string][] = [
    ["content-type", "application/x-amz-json-1.1"],
    ["host", url.host],
    ["x-amz-date", stamp],
    ...(session ? [["x-amz-security-token", session] as [string, string]] : []),
    ["x-amz-target", `TrentService.${operation}`],
  ];
  const authorization = signAws(
    { method: "POST", path: url.pathname, headers, body },
    { accessKey, secretKey, region, service: "kms", stamp },
    headers.map(([name]) => name),
  );
  const response = await outboundRequest({
    purpose: "keys",
    url: url.href,
    method: "POST",
    headers: { ...Object.fromEntries(headers), authorization },
    body,
    maxBytes: 65_536,
  });
  if (response.status !== 200) throw refusal(response.status, response.body);
  const parsed = answer.safeParse(jsonOf(response.body));
  if (!parsed.success) throw new Refused(false, "its answer cannot be read");
  return parsed.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusal(status: number, body: string): Refused {
  const said = refusalSchema.safeParse(jsonOf(body));
  const name = said.success ? (/(?:^|#)(\w{1,80})$/.exec(said.data.__type)?.[1] ?? "") : "";
  const lent = OVER.test(name) && env().KMS_CREDENTIALS !== "keys";
  if (lent) forgetAwsCredentials();
  return new Refused(lent || status >= 500 || AGAIN.test(name), name || `status ${status}`);
}

const boundTo = (context: string) => ({ signalbox: context });
const healthy = new Map<string, number>();

/** A key that AWS KMS keeps. It sees tenants' data keys, and what each is bound to as encryption context; never a secret. */
export const kmsKeys: KeyProvider = {
  concurrency: 20,
  tries: 0,
  algorithm: "aes-256-gcm",
  // Made there, by whoever administrates it; each version of ours may name another one, or the same that rotates by itself.
  async generate() {
    return settings().keyId;
  },
  async wrap({ keyId }, bytes, context) {
    const Plaintext = Buffer.from(bytes).toString("base64");
    const body = { KeyId: keyId, Plaintext, EncryptionContext: boundTo(context) };
    return (await call("Encrypt", body, encryptedSchema)).CiphertextBlob;
  },
  async unwrap({ keyId }, wrapped, context) {
    const CiphertextBlob = Buffer.from(wrapped).toString("base64");
    const body = { KeyId: keyId, CiphertextBlob, EncryptionContext: boundTo(context) };
    return (await call("Decrypt", body, decryptedSchema)).Plaintext;
  },
  async health(kek) {
    if ((healthy.get(kek.keyId) ?? 0) > performance.now()) return;
    const probe = randomBytes(32);
    const opened = await this.unwrap(kek, await this.wrap(kek, probe, "health"), "health");
    if (!opened.equals(probe)) throw new Refused(false, "it does not open what it wrapped");
    healthy.set(kek.keyId, performance.now() + HEALTHY_MS);
  },
};
