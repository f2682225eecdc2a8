import { randomUUID } from "node:crypto";
import type { HttpRequest } from "@/lib/alertmanager";
import { type AwsKey, signAws } from "@/lib/resilience";
import { Unsupported } from "./transport";

const text = (value: unknown) => (typeof value === "string" ? value : "");

/**
 * What signs the requests of one `sns_configs` entry.
 * @throws Unsupported where the credentials are the target's own
 */
export function signingKeyOf({ sigv4 }: Readonly<Record<string, unknown>>): AwsKey {
  const given: Readonly<Record<string, unknown>> = typeof sigv4 === "object" && sigv4 !== null ? { ...sigv4 } : {};
  if (text(given.profile) !== "" || text(given.role_arn) !== "" || text(given.access_key) === "")
    throw new Unsupported(
      "Its credentials are the target's own (a profile, a role or its environment), so it cannot be tried here.",
    );
  return { accessKey: text(given.access_key), secretKey: text(given.secret_key) };
}

/** The request with what the SDK makes up for each, and its real signature in the place of the marked one. */
export function signSns(request: HttpRequest, key: AwsKey, now: Date, invocation: string = randomUUID()): HttpRequest {
  const stamp = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const filled = request.headers.map(([name, value]): readonly [string, string] => {
    if (name === "Amz-Sdk-Invocation-Id") return [name, invocation];
    if (name === "Amz-Sdk-Request") return [name, "attempt=1; max=3"];
    if (name === "X-Amz-Date") return [name, stamp];
    return [name, value.replace("<VOLATILE> api/sns", "lang/go api/sns")];
  });
  const [, region = ""] = /\/<DATE>\/([^/]+)\/sns\//.exec(headerOf(request.headers, "authorization")) ?? [];
  const [, names = ""] = /SignedHeaders=([^,]*)/.exec(headerOf(request.headers, "authorization")) ?? [];
  const authorization = signAws(
    { ...request, headers: filled },
    { ...key, region, service: "sns", stamp },
    names.split(";"),
  );
  return {
    ...request,
    headers: filled.map(([name, value]) => [name, name === "Authorization" ? authorization : value]),
  };
}

function headerOf(headers: HttpRequest["headers"], wanted: string): string {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";
}
