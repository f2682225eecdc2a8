import http, { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { parseAllowList } from "./allow-list";
import { guardedAgent } from "./guarded-agent";
import { guardedRequest, type Resolve } from "./outbound";

const ALLOW = "targets=10.9.9.9,127.0.0.1,am.internal";
const elsewhere: Resolve = async () => [{ address: "10.9.9.9", family: 4 }];
let server: Server;
let port: number;
let connections = 0;
beforeAll(async () => {
  server = createServer((_request, response) => response.end("here"));
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
beforeEach(() => {
  vi.stubEnv("REQUIRE_TLS", "yes");
  vi.stubEnv("OUTBOUND_ALLOW", ALLOW);
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => new Promise((resolve) => server.close(resolve)));

const ask = (url: string, resolve?: Resolve, more: object = {}) =>
  guardedRequest({ purpose: "targets", url, deadlineMs: 200, ...more }, parseAllowList(ALLOW), resolve);
/** Whatever comes of connecting, which depends on where this runs. */
const outcome = (url: string) => ask(url, elsewhere).catch((error: unknown) => error);
const refused = (words: RegExp) => ({ code: "outbound_refused", message: expect.stringMatching(words) });

test("another machine is not called in clear, nor whatever certificate it shows", async () => {
  const inClear = refused(/^REQUIRE_TLS is set, and am\.internal:9093 would be called without TLS\.$/);
  await expect(ask("http://am.internal:9093/", elsewhere)).rejects.toMatchObject(inClear);
  const unseen = ask("https://am.internal/", elsewhere, { tls: { insecure: true } });
  await expect(unseen).rejects.toMatchObject(refused(/without looking at its certificate/));
  // A name that also leads elsewhere is not this machine's.
  const both: Resolve = async () => [
    { address: "127.0.0.1", family: 4 },
    { address: "10.9.9.9", family: 4 },
  ];
  await expect(ask(`http://am.internal:${port}/`, both)).rejects.toMatchObject(refused(/without TLS/));
  expect(connections).toBe(0);
});

test("this machine may be, and by TLS everybody", async () => {
  expect(await ask(`http://127.0.0.1:${port}/`)).toMatchObject({ body: "here" });
  expect(await outcome("https://am.internal/")).not.toMatchObject({ code: "outbound_refused" });
});

test("nor by a library that sends its requests itself", async () => {
  const by = (resolve: Resolve) =>
    new Promise((resolved, reject) => {
      const agent = guardedAgent("targets", "http:", resolve);
      http
        .get({ host: "am.internal", port, agent }, (answer) => resolved(answer.resume().statusCode))
        .on("error", reject);
    });
  await expect(by(elsewhere)).rejects.toMatchObject(refused(/without TLS/));
  expect(await by(async () => [{ address: "127.0.0.1", family: 4 }])).toBe(200);
});

test("without the setting it is the operator who chose the address", async () => {
  vi.stubEnv("REQUIRE_TLS", "");
  expect(await outcome("http://am.internal:9093/")).not.toMatchObject({ code: "outbound_refused" });
});
