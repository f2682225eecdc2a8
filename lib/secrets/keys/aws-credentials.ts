import { readFileSync } from "node:fs";
import { z } from "zod";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { credentialsRequest, isCredentialsAddress, type OutboundResponse, outboundRequest } from "@/lib/resilience";

export interface AwsCredentials {
  accessKey: string;
  secretKey: string;
  session: string | undefined;
}

interface Lent extends AwsCredentials {
  /** When they end, in ms of the clock. */
  until: number;
}

/** New ones are asked for so long before the old ones end. */
const EARLY_MS = 300_000;
const ECS = "http://169.254.170.2";
const INSTANCE = "http://169.254.169.254";

let kept: { source: string; lent: Lent } | undefined;
let asking: Promise<Lent> | undefined;

/** Who calls KMS, as `KMS_CREDENTIALS` says. What is lent is kept in memory until shortly before it ends. */
export async function awsCredentials(region: string, now = Date.now()): Promise<AwsCredentials> {
  const source = env().KMS_CREDENTIALS;
  if (source === "keys") return ownKeys();
  if (kept?.source === source && kept.lent.until - EARLY_MS > now) return kept.lent;
  asking ??= LENDERS[source](region).finally(() => {
    asking = undefined;
  });
  try {
    kept = { source, lent: await asking };
  } catch (error) {
    // The service may be away for a moment, and they hold for minutes yet.
    if (kept?.source !== source || kept.lent.until <= now) throw error;
  }
  return kept.lent;
}

/** The service said that they are over, whatever it had said of their end. */
export function forgetAwsCredentials(): void {
  kept = undefined;
}

function ownKeys(): AwsCredentials {
  const { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secretKey, AWS_SESSION_TOKEN: session } = env();
  if (!accessKey || !secretKey) throw missing("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  return { accessKey, secretKey, session };
}

const missing = (what: string) =>
  new AppError("not_ready", `KMS_CREDENTIALS="${env().KMS_CREDENTIALS}" needs ${what}.`);

const LENDERS: Record<"web-identity" | "container" | "instance", (region: string) => Promise<Lent>> = {
  "web-identity": byWebIdentity,
  container: byContainer,
  instance: byInstance,
};

/** A pod's own token, which STS takes for credentials of a role. The token is read anew each time: it is replaced every hour. */
async function byWebIdentity(region: string): Promise<Lent> {
  const { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: role, AWS_ENDPOINT_URL_STS: endpoint } = env();
  if (!file || !role) throw missing("AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN");
  const answer = await outboundRequest({
    purpose: "keys",
    url: endpoint ?? `https://sts.${region}.amazonaws.com/`,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      ...{ Action: "AssumeRoleWithWebIdentity", Version: "2011-06-15", RoleArn: role },
      ...{ RoleSessionName: "signalbox", WebIdentityToken: readToken(file) },
    }).toString(),
    maxBytes: 65_536,
  });
  const text = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(answer.body)?.[1]?.trim();
  if (answer.status !== 200) throw refused("STS", text("Code") ?? `status ${answer.status}`);
  return lentOf("STS", {
    ...{ AccessKeyId: text("AccessKeyId"), SecretAccessKey: text("SecretAccessKey") },
    ...{ Token: text("SessionToken"), Expiration: text("Expiration") },
  });
}

/** What ECS and EKS' Pod Identity lend to a container, over an address beside it. */
async function byContainer(): Promise<Lent> {
  const given = env();
  const relative = given.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  if (relative && !relative.startsWith("/")) throw missing("a path in AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
  const url = relative ? `${ECS}${relative}` : given.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  if (!url) throw missing("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or AWS_CONTAINER_CREDENTIALS_FULL_URI");
  const file = given.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  const token = file ? readToken(file) : given.AWS_CONTAINER_AUTHORIZATION_TOKEN;
  const answer = await ask({ url, headers: token ? { authorization: token } : {} });
  return lentOf("The container's credentials endpoint", jsonOf(answer));
}

/** What EC2 lends to a machine, by the second version of its metadata service alone: it answers nobody without a token. */
async function byInstance(): Promise<Lent> {
  const base = env().AWS_EC2_METADATA_SERVICE_ENDPOINT?.replace(/\/+$/, "") ?? INSTANCE;
  const ttl = { "x-aws-ec2-metadata-token-ttl-seconds": "21600" };
  const token = textOf(await ask({ url: `${base}/latest/api/token`, method: "PUT", headers: ttl }));
  const headers = { "x-aws-ec2-metadata-token": token };
  const roles = `${base}/latest/meta-data/iam/security-credentials/`;
  const role =
    textOf(await ask({ url: roles, headers }))
      .split("\n")[0]
      ?.trim() ?? "";
  if (!/^[\w+=,.@-]{1,128}$/.test(role)) throw refused(METADATA, "the machine has no role");
  return lentOf(METADATA, jsonOf(await ask({ url: `${roles}${role}`, headers })));
}

const METADATA = "The metadata service";

interface Ask {
  url: string;
  method?: "GET" | "PUT";
  headers: Record<string, string>;
}

const ask = (request: Ask): Promise<OutboundResponse> =>
  isCredentialsAddress(request.url)
    ? credentialsRequest(request)
    : outboundRequest({ ...request, purpose: "keys", maxBytes: 65_536 });

const lentSchema = z.object({
  AccessKeyId: z.string().min(1),
  SecretAccessKey: z.string().min(1),
  Token: z.string().min(1),
  Expiration: z.iso.datetime({ offset: true }),
});

function lentOf(who: string, answer: unknown): Lent {
  const { data } = lentSchema.safeParse(answer);
  if (!data) throw refused(who, "its answer cannot be read");
  return {
    ...{ accessKey: data.AccessKeyId, secretKey: data.SecretAccessKey, session: data.Token },
    until: Date.parse(data.Expiration),
  };
}

/** Only what is told of a refusal by its name is repeated. */
const refused = (who: string, why: string) =>
  new AppError("not_ready", `${who} lends no credentials for AWS KMS: ${why.slice(0, 80)}.`);

function textOf({ status, body }: OutboundResponse): string {
  if (status !== 200) throw refused(METADATA, `status ${status}`);
  return body.trim();
}

function jsonOf({ status, body }: OutboundResponse): unknown {
  if (status !== 200) throw refused("The endpoint", `status ${status}`);
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

function readToken(file: string): string {
  try {
    return readFileSync(/*turbopackIgnore: true*/ file, "utf8").trim();
  } catch (cause) {
    throw new AppError("not_ready", "The file with the token for AWS credentials cannot be read.", {}, { cause });
  }
}
