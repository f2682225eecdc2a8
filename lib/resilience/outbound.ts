import { promises as dns, type LookupAddress } from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { ConnectionOptions, SecureVersion } from "node:tls";
import { AppError } from "@/lib/errors";
import { classifyAddress } from "./addresses";
import { type AllowList, isAllowed, type OutboundPurpose } from "./allow-list";
import { demandTls } from "./require-tls";
import { strongTls } from "./strong-tls";

export interface OutboundRequest {
  purpose: OutboundPurpose;
  url: string;
  method?: "GET" | "POST" | "PUT" | "DELETE";
  headers?: Record<string, string>;
  /** In the place of `headers`: sent in their order and complete, nothing is added but `Connection`. */
  rawHeaders?: readonly (readonly [name: string, value: string])[];
  body?: string;
  /** What stands in the request line, to the byte, where it may differ from how an URL is normalised. */
  path?: string;
  /** For the whole exchange: name, connection, headers, body. */
  deadlineMs?: number;
  maxBytes?: number;
  /** What comes behind `maxBytes` is left out instead of failing. */
  clip?: boolean;
  tls?: OutboundTls;
}

export interface OutboundTls {
  ca?: string;
  cert?: string;
  key?: string;
  serverName?: string;
  minVersion?: SecureVersion;
  maxVersion?: SecureVersion;
  /** The other side may show any certificate. */
  insecure?: boolean;
}

export interface OutboundResponse {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export type Resolve = (host: string) => Promise<LookupAddress[]>;
export const systemResolve: Resolve = (host) => dns.lookup(host, { all: true });

/**
 * Every address that the name has now is judged before the first connection, and only these are connected to: a second
 * look-up, and with it DNS rebinding, does not happen. A redirect is handed back, never followed.
 */
export async function guardedRequest(
  request: OutboundRequest,
  allow: AllowList,
  resolve: Resolve = systemResolve,
): Promise<OutboundResponse> {
  const url = parseUrl(request.url);
  const deadline = AbortSignal.timeout(request.deadlineMs ?? 10_000);
  const addresses = await abortable(judgedAddresses(url, allow, request.purpose, resolve), deadline, url);
  demandTls(url, addresses, request.tls?.insecure);
  return exchange(url, addresses, request, deadline);
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:") || url.username || url.password)
    throw new AppError("outbound_refused", "Only http and https addresses without credentials in them are called.");
  return url;
}

/** All addresses of the URL's host, none of which is refused. */
export async function judgedAddresses(
  url: URL,
  allow: AllowList,
  purpose: OutboundPurpose,
  resolve: Resolve,
): Promise<LookupAddress[]> {
  const addresses = await addressesOf(url, resolve);
  judge(url, addresses, allow, purpose);
  return addresses;
}

/** In place of a look-up: what was judged is what is connected to. */
export function pinned(addresses: LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    if (options.all) callback(null, addresses);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  };
}

async function addressesOf(url: URL, resolve: Resolve): Promise<LookupAddress[]> {
  const literal = url.hostname.replace(/^\[|\]$/g, "");
  const family = isIP(literal);
  if (family) return [{ address: literal, family }];
  try {
    const found = await resolve(url.hostname);
    if (found.length > 0) return found;
  } catch (error) {
    throw unreachable(url, error);
  }
  throw unreachable(url, new Error("the name has no address"));
}

function judge(url: URL, addresses: LookupAddress[], allow: AllowList, purpose: OutboundPurpose): void {
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80));
  for (const { address } of addresses) {
    const kind = classifyAddress(address);
    if (kind === "public" || (kind === "private" && isAllowed(allow[purpose], url.hostname, port, address))) continue;
    throw new AppError(
      "outbound_refused",
      kind === "metadata"
        ? `${url.hostname} leads to an address that is never called (cloud metadata or link-local).`
        : `${url.hostname} leads to a private address. An operator can allow it: OUTBOUND_ALLOW="${purpose}=${url.hostname}".`,
      { host: url.hostname, purpose },
    );
  }
}

function exchange(url: URL, addresses: LookupAddress[], request: OutboundRequest, signal: AbortSignal) {
  const maxBytes = request.maxBytes ?? 1024 * 1024;
  return new Promise<OutboundResponse>((resolve, reject) => {
    const options: https.RequestOptions = {
      method: request.method ?? "GET",
      headers: headersOf(request),
      agent: false,
      signal,
      lookup: pinned(addresses),
      ...(request.path === undefined ? {} : { path: request.path }),
      ...tlsOptions(request.tls),
    };
    const call = (url.protocol === "https:" ? https : http).request(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size <= maxBytes) return chunks.push(chunk);
        if (request.clip) {
          chunks.push(chunk.subarray(0, maxBytes - size));
          answer(response);
          return call.destroy();
        }
        reject(unreachable(url, new Error(`it answered with more than ${maxBytes} bytes`)));
        call.destroy();
      });
      response.on("error", (error) => reject(unreachable(url, error)));
      response.on("end", () => answer(response));
      const answer = ({ statusCode = 0, headers }: http.IncomingMessage) =>
        resolve({ status: statusCode, headers, body: Buffer.concat(chunks).toString("utf8") });
    });
    call.on("error", (error) => reject(unreachable(url, error)));
    // What says another length than it has is not sent. The types know of it for answers only.
    Object.assign(call, { strictContentLength: true });
    try {
      call.end(request.body);
    } catch (error) {
      call.destroy();
      reject(unreachable(url, error));
    }
  });
}

function headersOf({ headers, rawHeaders, body }: OutboundRequest): http.RequestOptions["headers"] {
  if (rawHeaders) return rawHeaders.flat();
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return { ...headers, ...length };
}

export function tlsOptions(tls: OutboundTls | undefined): ConnectionOptions {
  const strong = strongTls();
  if (!tls) return strong;
  const { serverName, insecure, minVersion, ...rest } = tls;
  return {
    ...strong,
    ...rest,
    ...(minVersion === "TLSv1.3" ? { minVersion } : {}),
    ...(serverName ? { servername: serverName } : {}),
    ...(insecure ? { rejectUnauthorized: false } : {}),
  };
}

export function abortable<T>(work: Promise<T>, signal: AbortSignal, url: URL): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(unreachable(url, signal.reason));
    signal.addEventListener("abort", abort, { once: true });
    // Until its time is up the signal holds who listens, and so the address with what is secret in it.
    void work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** `neverConnected` is a promise to the caller: the other side has seen nothing of this request. */
export function unreachable(url: URL, cause: unknown): AppError {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const timedOut = cause instanceof Error && (cause.name === "TimeoutError" || cause.name === "AbortError");
  const reason = timedOut ? "no answer in time" : cause instanceof Error ? cause.message || code : "unknown";
  const neverConnected = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"].includes(code);
  return new AppError(
    "target_unreachable",
    `${url.host} did not answer: ${reason}`,
    { host: url.host, neverConnected, reason: timedOut ? "timeout" : reasonOf(code) },
    { cause },
  );
}

const TLS_CODE = /^(?:ERR_TLS_|ERR_SSL_|EPROTO$|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:GET|VERIFY)_)/;

/** What went wrong, in one word. */
function reasonOf(code: string): "dns" | "tls" | "connection" {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "dns";
  return TLS_CODE.test(code) ? "tls" : "connection";
}
