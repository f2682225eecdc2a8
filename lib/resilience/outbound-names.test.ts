import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { selfSigned } from "@/lib/testing/certificate";
import { parseAllowList } from "./allow-list";
import { guardedRequest, type Resolve } from "./outbound";

let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((request, response) => {
    response.writeHead(200, { "content-length": "100" }).write("half");
    if (request.url === "/half") setTimeout(() => request.socket.destroy(), 20);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const ask = (url: string, resolve?: Resolve, more: object = {}) =>
  guardedRequest({ purpose: "targets", url, ...more }, parseAllowList("targets=127.0.0.1,am.internal"), resolve);

it("a name that nobody knows was certainly not reached", async () => {
  const unknown = async () => {
    throw Object.assign(new Error("getaddrinfo ENOTFOUND am.internal"), { code: "ENOTFOUND" });
  };
  await expect(ask("http://am.internal/", unknown)).rejects.toMatchObject({
    code: "target_unreachable",
    message: "am.internal did not answer: getaddrinfo ENOTFOUND am.internal",
    details: { host: "am.internal", neverConnected: true },
  });
});

it("a name without any address is not called", async () => {
  await expect(ask("http://am.internal/", async () => [])).rejects.toMatchObject({
    code: "target_unreachable",
    message: expect.stringContaining("the name has no address"),
  });
});

it("a look-up counts into the deadline", async () => {
  const never = () => new Promise<never>(() => {});
  const began = Date.now();
  await expect(ask("http://am.internal/", never, { deadlineMs: 50 })).rejects.toMatchObject({
    message: "am.internal did not answer: no answer in time",
  });
  expect(Date.now() - began).toBeLessThan(2_000);
});

it("half an answer is no answer, and may have been the end of something", async () => {
  await expect(ask(`http://127.0.0.1:${port}/half`)).rejects.toMatchObject({
    code: "target_unreachable",
    details: { neverConnected: false },
  });
});

it("a target whose certificate nobody vouches for is not spoken to", async () => {
  const https = await import("node:https");
  const secure = https.createServer(selfSigned("am.internal"), (_request, response) => response.end("secret"));
  await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
  const url = `https://am.internal:${(secure.address() as AddressInfo).port}/`;
  const here: Resolve = async () => [{ address: "127.0.0.1", family: 4 }];
  await expect(ask(url, here)).rejects.toMatchObject({ message: expect.stringMatching(/self-signed certificate/) });
  await new Promise((resolve) => secure.close(resolve));
});
