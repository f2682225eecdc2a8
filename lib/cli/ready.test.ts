import http from "node:http";
import https from "node:https";
import type { AddressInfo, Server } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { selfSigned } from "@/lib/testing/certificate";
import { askReady, run } from "./ready";
import { captured } from "./testing/captured";

let open: Server[] = [];
beforeEach(() => {
  vi.stubEnv("HOST", "127.0.0.1");
  vi.stubEnv("TLS_CERT_FILE", "");
  vi.stubEnv("TLS_KEY_FILE", "");
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const server of open) await new Promise((resolve) => server.close(resolve));
  open = [];
});

async function listen(server: Server, host = "127.0.0.1"): Promise<void> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  vi.stubEnv("PORT", String((server.address() as AddressInfo).port));
}

const answering =
  (status: number): http.RequestListener =>
  (request, response) => {
    response.writeHead(status).write(`${request.url} `);
    response.end(`says ${status}`);
  };

it.each([
  [200, 0],
  [503, 1],
])("prints the whole answer of %d and ends with %d", async (status, code) => {
  await listen(http.createServer(answering(status)));
  expect(await captured(() => run([]))).toEqual({ code, out: `/readyz says ${status}\n`, err: "" });
});

it("asks this machine when the app listens at all its addresses", async () => {
  await listen(http.createServer(answering(200)), "0.0.0.0");
  vi.stubEnv("HOST", "0.0.0.0");
  expect(await askReady()).toEqual({ status: 200, body: "/readyz says 200" });
});

it("speaks TLS when the app does, whatever name its certificate bears", async () => {
  await listen(https.createServer(selfSigned("signalbox.example"), answering(200)));
  vi.stubEnv("TLS_CERT_FILE", "tls.crt");
  vi.stubEnv("TLS_KEY_FILE", "tls.key");
  expect((await captured(() => run([]))).code).toBe(0);
});

it("fails when nobody listens, and when an answer breaks off", async () => {
  const server = http.createServer((request, response) => {
    response.writeHead(200, { "content-length": "100" }).write("half");
    setTimeout(() => request.socket.destroy(), 20);
  });
  await listen(server);
  await expect(askReady()).rejects.toThrow(/aborted/);
  await new Promise((resolve) => server.close(resolve));
  open = [];
  await expect(run([])).rejects.toThrow(/ECONNREFUSED/);
});

it("takes no arguments", async () => {
  expect(await captured(() => run(["now"]))).toMatchObject({
    code: 2,
    out: expect.stringContaining("signalbox ready"),
  });
  expect(await captured(() => run(["--help"]))).toMatchObject({
    code: 0,
    out: expect.stringContaining("health check"),
  });
});
