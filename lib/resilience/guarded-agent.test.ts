import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { selfSigned } from "@/lib/testing/certificate";
import { guardedAgent } from "./guarded-agent";

let plain: http.Server;
let encrypted: https.Server;
let seen: string[] = [];
const pair = selfSigned("sso.internal");

beforeAll(async () => {
  const listener: http.RequestListener = (request, response) => {
    seen.push(`${request.headers.host}`);
    response.end("here");
  };
  plain = http.createServer(listener);
  encrypted = https.createServer(pair, listener);
  for (const server of [plain, encrypted])
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
});
afterAll(() => {
  for (const server of [plain, encrypted]) server.close();
});
afterEach(() => {
  seen = [];
  vi.unstubAllEnvs();
});

const portOf = (server: http.Server | https.Server) => (server.address() as AddressInfo).port;
const toLoopback = async () => [{ address: "127.0.0.1", family: 4 }];

function get(url: string, options: https.RequestOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = (url.startsWith("https:") ? https : http).get(url, options, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve(text));
    });
    request.on("error", reject);
  });
}

test.each(["127.0.0.1", "localhost", "[::1]", "169.254.169.254"])(
  "a request to %s never leaves, and says how to allow it",
  async (host) => {
    const agent = guardedAgent("oidc", "http:");
    const request = get(`http://${host}:${portOf(plain)}/`, { agent });
    await expect(request).rejects.toMatchObject({ code: "outbound_refused" });
    expect(seen).toEqual([]);
  },
);

test("what is allowed for another purpose is not allowed for this one", async () => {
  vi.stubEnv("OUTBOUND_ALLOW", "targets=127.0.0.1");
  const agent = guardedAgent("oidc", "http:");
  await expect(get(`http://127.0.0.1:${portOf(plain)}/`, { agent })).rejects.toMatchObject({
    code: "outbound_refused",
  });
  vi.stubEnv("OUTBOUND_ALLOW", "oidc=127.0.0.1");
  expect(await get(`http://127.0.0.1:${portOf(plain)}/`, { agent })).toBe("here");
});

test("it connects to the address that it judged, under the name it was given, also through TLS", async () => {
  vi.stubEnv("OUTBOUND_ALLOW", "oidc=sso.internal");
  let asked = 0;
  const once = async () => {
    asked++;
    return toLoopback();
  };
  const port = portOf(encrypted);
  const agent = guardedAgent("oidc", "https:", once);
  expect(await get(`https://sso.internal:${port}/`, { agent, ca: pair.cert })).toBe("here");
  expect([asked, seen]).toEqual([1, [`sso.internal:${port}`]]);
  // The name is checked against the certificate all the same.
  vi.stubEnv("OUTBOUND_ALLOW", "oidc=other.internal");
  await expect(get(`https://other.internal:${port}/`, { agent, ca: pair.cert })).rejects.toThrow(/altnames|CN/i);
  expect(() => http.get(`http://sso.internal:${port}/`, { agent })).toThrow(/Protocol "http:" not supported/);
});
