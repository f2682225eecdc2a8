import { createHash, createHmac, randomUUID } from "node:crypto";
import type { HttpRequest } from "@/lib/alertmanager";
import { Unsupported } from "./transport";

export interface SigningKey {
  accessKey: string;
  secretKey: string;
}

const text = (value: unknown) => (typeof value === "string" ? value : "");

/**
 * What signs the requests of one `sns_configs` entry.
 * @throws Unsupported where the credentials are the target's own
 */
export function signingKeyOf({ sigv4 }: Readonly<Record<string, unknown>>): SigningKey {
  const given: Readonly<Record<string, unknown>> = typeof sigv4 === "object" && sigv4 !== null ? { ...sigv4 } : {};
  if (text(given.profile) !== "" || text(given.role_arn) !== "" || text(given.access_key) === "")
    throw new Unsupported(
      "Its credentials are the target's own (a profile, a role or its environment), so it cannot be tried here.",
    );
  return { accessKey: text(given.access_key), secretKey: text(given.secret_key) };
}

/** The request with what the SDK makes up for each, and its real signature in the place of the marked one. */
export function signSns(
  request: HttpRequest,
  key: SigningKey,
  now: Date,
  invocation: string = randomUUID(),
): HttpRequest {
  const stamp = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const filled = request.headers.map(([name, value]): readonly [string, string] => {
    if (name === "Amz-Sdk-Invocation-Id") return [name, invocation];
    if (name === "Amz-Sdk-Request") return [name, "attempt=1; max=3"];
    if (name === "X-Amz-Date") return [name, stamp];
    return [name, value.replace("<VOLATILE> api/sns", "lang/go api/sns")];
  });
  const [, region = ""] = /\/<DATE>\/([^/]+)\/sns\//.exec(headerOf(request.headers, "authorization")) ?? [];
  const [, names = ""] = /SignedHeaders=([^,]*)/.exec(headerOf(request.headers, "authorization")) ?? [];
  const authorization = authorize(
    { ...request, headers: filled },
    { ...key, region, service: "sns", stamp },
    names.split(";"),
  );
  return {
    ...request,
    headers: filled.map(([name, value]) => [name, name === "Authorization" ? authorization : value]),
  };
}

interface Scope extends SigningKey {
  region: string;
  service: string;
  /** `20150830T123600Z` */
  stamp: string;
}

/** AWS Signature Version 4 over a request whose path and query are canonical already: the value of `Authorization`. */
export function authorize(request: HttpRequest, scope: Scope, signed: readonly string[]): string {
  const [path = "/", query = ""] = request.path.split("?");
  const headers = signed.map((name) => `${name}:${headerOf(request.headers, name).trim().replace(/\s+/g, " ")}\n`);
  const canonical = [request.method, path, query, headers.join(""), signed.join(";"), sha256(request.body)].join("\n");
  const day = scope.stamp.slice(0, 8);
  const place = `${day}/${scope.region}/${scope.service}/aws4_request`;
  const toSign = ["AWS4-HMAC-SHA256", scope.stamp, place, sha256(canonical)].join("\n");
  const steps = [day, scope.region, scope.service, "aws4_request"];
  const key = steps.reduce<Buffer>((last, step) => hmac(last, step), Buffer.from(`AWS4${scope.secretKey}`, "utf8"));
  const signature = hmac(key, toSign).toString("hex");
  return `AWS4-HMAC-SHA256 Credential=${scope.accessKey}/${place}, SignedHeaders=${signed.join(";")}, Signature=${signature}`;
}

function headerOf(headers: HttpRequest["headers"], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";
}

function sha256(data: string): string {
  return createHash("sha256").update(data, "utf8").digest("hex");
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data, "utf8").digest();
}
