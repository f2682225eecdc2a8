import https from "node:https";
import type { AddressInfo } from "node:net";
import { connect, createServer, type SecureVersion, type TLSSocket, type TlsOptions } from "node:tls";
import { expect, test } from "vitest";
import { selfSigned } from "@/lib/testing/certificate";
import { parseAllowList } from "./allow-list";
import { guardedAgent } from "./guarded-agent";
import { guardedRequest, tlsOptions } from "./outbound";
import { strongTls } from "./strong-tls";

const HYBRID = "X25519MLKEM768";
const pair = selfSigned("localhost");

/** Runs `work` against a server that has only these groups; answers what `work` does, and the group as the client tells it. */
async function against<T>(options: TlsOptions, work: (port: number) => Promise<T>): Promise<T> {
  const server = createServer({ ...pair, minVersion: "TLSv1.2", ...options }, (socket) => socket.end("here"));
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await work((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}

const agreed = (port: number) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", ca: pair.cert, servername: "localhost", ...strongTls() }, () => {
      const info = socket.getEphemeralKeyInfo();
      resolve(`${socket.getProtocol()} ${info && "name" in info ? info.name : ""}`);
      socket.destroy();
    });
    socket.on("error", reject);
  });

test("agrees on the hybrid group with who has it, also with who has nothing else", async () => {
  expect(await against({ ecdhCurve: HYBRID }, agreed)).toBe(`TLSv1.3 ${HYBRID}`);
  expect(await against({ ecdhCurve: `${HYBRID}:X25519` }, agreed)).toBe(`TLSv1.3 ${HYBRID}`);
  expect(await against({}, agreed)).toBe(`TLSv1.3 ${HYBRID}`);
});

test.each([
  ["X25519", "TLSv1.3", "X25519"],
  ["P-256", "TLSv1.3", "prime256v1"],
  ["P-384", "TLSv1.2", "secp384r1"],
  ["P-521", "TLSv1.3", "secp521r1"],
] as const)("falls back to %s with %s", async (ecdhCurve, maxVersion, name) => {
  expect(await against({ ecdhCurve, maxVersion }, agreed)).toBe(`${maxVersion} ${name}`);
});

test("nothing before TLS 1.2, whatever a configuration asks for", async () => {
  const old = {
    minVersion: "TLSv1" as SecureVersion,
    maxVersion: "TLSv1.1" as SecureVersion,
    ciphers: "DEFAULT:@SECLEVEL=0",
  };
  await expect(against(old, agreed)).rejects.toThrow();
  expect(tlsOptions({ minVersion: "TLSv1" })).toMatchObject({ minVersion: "TLSv1.2" });
  expect(tlsOptions({ minVersion: "TLSv1.3" })).toMatchObject({ minVersion: "TLSv1.3" });
  expect(tlsOptions(undefined)).toEqual(strongTls());
});

/** What an https server agreed with whoever asked it. */
async function overHttps(ask: (port: number) => Promise<unknown>): Promise<string> {
  let group = "";
  const server = https.createServer({ ...pair, ecdhCurve: HYBRID }, (request, response) => {
    group = (request.socket as TLSSocket).getProtocol() ?? "";
    response.end("here");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await ask((server.address() as AddressInfo).port);
    return group;
  } finally {
    server.close();
  }
}

test("both doors for requests reach who has the hybrid group only", async () => {
  const name = async () => [{ address: "127.0.0.1", family: 4 }];
  const allow = parseAllowList("targets=localhost; oidc=localhost");
  const request = (port: number) =>
    guardedRequest({ purpose: "targets", url: `https://localhost:${port}/`, tls: { ca: pair.cert } }, allow, name);
  expect(await overHttps(request)).toBe("TLSv1.3");
  process.env.OUTBOUND_ALLOW = "oidc=localhost";
  const agent = guardedAgent("oidc", "https:", name);
  expect(Reflect.get(agent, "options")).toMatchObject(strongTls());
  const get = (port: number) =>
    new Promise((resolve, reject) => {
      https.get(`https://localhost:${port}/`, { agent, ca: pair.cert }, resolve).on("error", reject);
    });
  expect(await overHttps(get)).toBe("TLSv1.3");
  delete process.env.OUTBOUND_ALLOW;
});
