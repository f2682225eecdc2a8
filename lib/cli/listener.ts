import { readFileSync, statSync } from "node:fs";
import http, { type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import { createSecureContext, type SecureContextOptions, TLSSocket } from "node:tls";
import { env } from "@/lib/env";
import { logger, metrics } from "@/lib/observability";
import { isLoopback, originOf, parseTrustedProxies, type TrustedProxies, turnedAway } from "@/lib/resilience";
import { whoIsAnswered } from "./in-clear";
import { inTurn } from "./in-turn";
import { refusingUnclear, STRICT } from "./unclear-request";

const LOOK_AGAIN_MS = 5_000;

/** Forward secrecy and authenticated encryption only, the strongest first. */
const CIPHERS = [
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "TLS_AES_128_GCM_SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
].join(":");

export interface TlsFiles {
  certificate: string;
  key: string;
}

export function tlsFiles(): TlsFiles | null {
  const { TLS_CERT_FILE: certificate, TLS_KEY_FILE: key } = env();
  return certificate && key ? { certificate, key } : null;
}

/** Reads both files; throws, naming the settings, when they are no certificate and key that belong together. */
export function readTls({ certificate, key }: TlsFiles): SecureContextOptions {
  try {
    const pair = { cert: readFileSync(certificate), key: readFileSync(key) };
    createSecureContext(pair);
    return { ...pair, minVersion: "TLSv1.2", ciphers: CIPHERS, honorCipherOrder: true };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`TLS_CERT_FILE and TLS_KEY_FILE cannot be used: ${reason}`, { cause });
  }
}

/** What the app reads of a request is what its connection and trusted proxies say, never what the client wrote. */
export function standardise(request: IncomingMessage, trusted: TrustedProxies): void {
  const { headers, socket } = request;
  const origin = originOf(
    { remoteAddress: socket.remoteAddress ?? "", encrypted: socket instanceof TLSSocket, headers },
    trusted,
  );
  let forwarded = headers.via !== undefined;
  for (const name of Object.keys(headers)) {
    if (name !== "forwarded" && name !== "x-real-ip" && !name.startsWith("x-forwarded-")) continue;
    forwarded = true;
    delete headers[name];
  }
  // A proxy on this machine is no reason to tell all that come through it what this machine is told.
  headers["x-from-this-machine"] = !forwarded && isLoopback(socket.remoteAddress ?? "") ? "yes" : "no";
  headers["x-forwarded-for"] = origin.address;
  headers["x-forwarded-proto"] = origin.protocol;
  if (origin.host) headers["x-forwarded-host"] = origin.host;
}

function stamp(files: TlsFiles): string {
  const of = (file: string) => {
    const { ino, size, mtimeMs } = statSync(file);
    return `${ino} ${size} ${mtimeMs}`;
  };
  return `${of(files.certificate)} ${of(files.key)}`;
}

/** A certificate that was renewed serves the next connection; one that cannot be used is said, and the old one stays. */
export function reloadOnChange(server: https.Server, files: TlsFiles, everyMs = LOOK_AGAIN_MS): void {
  let seen = stamp(files);
  const look = () => {
    try {
      const now = stamp(files);
      if (now === seen) return;
      server.setSecureContext(readTls(files));
      seen = now;
      logger("cli").info("the TLS certificate was read again");
    } catch (err) {
      logger("cli").error({ err }, "the TLS certificate could not be read again; the one before stays");
    }
  };
  const timer = setInterval(look, everyMs).unref();
  server.once("close", () => clearInterval(timer));
}

const OF_TENANT = /^\/api\/([a-z0-9-]+)\//;
const BEARER = /^bearer +(\S+)$/i;

/** Answers a program that was just told to wait as it was then, which costs next to nothing; nobody is let in here. */
export function refuseAgain(request: IncomingMessage, response: ServerResponse): boolean {
  const bearer = BEARER.exec(request.headers.authorization ?? "")?.[1];
  const tenant = bearer && OF_TENANT.exec(request.url ?? "")?.[1];
  const body = tenant ? turnedAway(bearer, tenant) : null;
  if (body === null) return false;
  metrics().rateLimited.inc({ limit: "turned_away" });
  response.writeHead(429, {
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "retry-after": "1",
  });
  response.end(request.method === "HEAD" ? undefined : body);
  return true;
}

/** Says over a connection in clear only that it is one. */
function refuseInClear(response: ServerResponse): void {
  response.writeHead(403, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    connection: "close",
  });
  response.end(
    `Nobody is answered here without TLS but the proxy in front. Go to ${env().PUBLIC_URL ?? "its address"}\n`,
  );
}

/**
 * Next's own server takes neither TLS nor a list of proxies, and it makes exactly one HTTP server, so what makes those is
 * replaced here, before Next is loaded.
 */
export function replaceServer(): void {
  const trusted = parseTrustedProxies(env().TRUSTED_PROXIES);
  const mayAsk = whoIsAnswered(env());
  const files = tlsFiles();
  const plain = http.createServer;
  const create = (...given: (http.ServerOptions | RequestListener | undefined)[]): http.Server => {
    const options = given.find((value) => typeof value === "object") ?? {};
    const listener = given.find((value) => typeof value === "function");
    const strict = { ...options, ...STRICT };
    const server = files ? https.createServer({ ...strict, ...readTls(files) }) : plain(strict);
    if (files && server instanceof https.Server) reloadOnChange(server, files);
    const hand = inTurn((request, response) => listener?.(request, response));
    const receive: RequestListener = (request, response) => {
      if (!mayAsk(request.socket.remoteAddress ?? "", request.url ?? "")) return refuseInClear(response);
      standardise(request, trusted);
      if (!refuseAgain(request, response)) hand(request, response);
    };
    server.on("request", refusingUnclear(receive));
    return server;
  };
  http.createServer = create as typeof http.createServer;
  syncBuiltinESMExports();
}
