import http from "node:http";
import type { Socket } from "node:net";
import { AppError } from "@/lib/errors";
import { type OutboundRequest, type OutboundResponse, unreachable } from "./outbound";

/**
 * Where AWS hands a machine or a container the credentials of its own role: EC2's metadata service, ECS, EKS' Pod Identity. As
 * they are written, by number: no name leads here.
 */
const CREDENTIALS_HOSTS: readonly string[] = [
  "169.254.169.254",
  "169.254.170.2",
  "169.254.170.23",
  "[fd00:ec2::254]",
  "[fd00:ec2::23]",
];
const MOST_BYTES = 65_536;

export function isCredentialsAddress(url: string): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed !== null && parsed.protocol === "http:" && !parsed.port && CREDENTIALS_HOSTS.includes(parsed.hostname);
}

type Ask = Pick<OutboundRequest, "url" | "method" | "headers" | "deadlineMs">;

/**
 * The one exception to the rule that metadata addresses are never called, and a door of its own, so that no setting opens the other
 * one: for a key-encryption key in AWS KMS, where an operator chose the credentials of the machine (`KMS_CREDENTIALS`). It leads
 * nowhere but to these addresses, follows no redirect and takes no proxy. `connect` is for tests.
 */
export function credentialsRequest(
  { url, method = "GET", headers = {}, deadlineMs = 2_000 }: Ask,
  connect?: () => Socket,
): Promise<OutboundResponse> {
  if (!isCredentialsAddress(url))
    throw new AppError("outbound_refused", "This is no address at which AWS hands out a machine's credentials.");
  const target = new URL(url);
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => reject(unreachable(target, error));
    const call = http.request(
      target,
      {
        method,
        headers: { ...headers, host: target.host },
        signal: AbortSignal.timeout(deadlineMs),
        ...(connect ? { createConnection: connect } : { agent: false }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        response.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size <= MOST_BYTES) return chunks.push(chunk);
          fail(new Error(`it answered with more than ${MOST_BYTES} bytes`));
          return call.destroy();
        });
        response.on("error", fail);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    call.on("error", fail);
    call.end();
  });
}
