import { createHash, createHmac } from "node:crypto";

export interface AwsKey {
  accessKey: string;
  secretKey: string;
}

export interface AwsScope extends AwsKey {
  region: string;
  service: string;
  /** `20150830T123600Z` */
  stamp: string;
}

/** A request as it goes out: what is signed is what is sent. */
export interface SignedRequest {
  method: string;
  path: string;
  headers: readonly (readonly [name: string, value: string])[];
  body: string;
}

/** AWS Signature Version 4 over a request whose path and query are canonical already: the value of `Authorization`. */
export function signAws(request: SignedRequest, scope: AwsScope, signed: readonly string[]): string {
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

function headerOf(headers: SignedRequest["headers"], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";
}

function sha256(data: string): string {
  return createHash("sha256").update(data, "utf8").digest("hex");
}

function hmac(key: Buffer, data: string): Buffer {
  return createHmac("sha256", key).update(data, "utf8").digest();
}
