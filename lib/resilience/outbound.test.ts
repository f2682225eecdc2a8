import { getEventListeners } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseAllowList } from "./allow-list";
import { abortable, guardedRequest } from "./outbound";

let server: http.Server;
let port = 0;
let seen: string[] = [];

beforeAll(async () => {
  server = http.createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.host}`);
    if (request.url === "/redirect") response.writeHead(302, { location: "http://169.254.169.254/" }).end();
    else if (request.url === "/large") response.end("x".repeat(4096));
    else if (request.url === "/slow") response.write("…");
    else request.pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const none = parseAllowList("");
const loopback = parseAllowList("targets=127.0.0.0/8");
const resolvesTo = (address: string) => async () => [{ address, family: address.includes(":") ? 6 : 4 }];
const get = (url: string, extra: object = {}) => ({ purpose: "targets" as const, url, ...extra });

describe("guardedRequest", () => {
  it.each(["127.0.0.1", "127.1", "0x7f000001", "2130706433", "[::1]", "[::ffff:127.0.0.1]", "localhost"])(
    "refuses %s before connecting",
    async (host) => {
      seen = [];
      await expect(guardedRequest(get(`http://${host}:${port}/`), none)).rejects.toMatchObject({
        code: "outbound_refused",
      });
      expect(seen).toEqual([]);
    },
  );

  it("never calls a metadata address, whatever is allowed", async () => {
    const all = parseAllowList("targets=169.254.0.0/16,metadata.internal");
    const request = guardedRequest(get("http://metadata.internal/"), all, resolvesTo("169.254.169.254"));
    await expect(request).rejects.toMatchObject({ code: "outbound_refused" });
  });

  it("refuses a name when one of its addresses is private", async () => {
    const both = async () => [
      { address: "8.8.8.8", family: 4 },
      { address: "10.0.0.1", family: 4 },
    ];
    await expect(guardedRequest(get("http://mixed.example/"), none, both)).rejects.toMatchObject({
      code: "outbound_refused",
    });
  });

  it("connects to the address it judged, under the name it was given", async () => {
    let lookups = 0;
    const rebinding = async () => [{ address: lookups++ === 0 ? "127.0.0.1" : "169.254.169.254", family: 4 }];
    seen = [];
    const allow = parseAllowList(`targets=am.internal:${port}`);
    const answer = await guardedRequest(
      get(`http://am.internal:${port}/echo`, { method: "POST", body: "héllo" }),
      allow,
      rebinding,
    );
    expect(answer).toMatchObject({ status: 200, body: "héllo" });
    expect(seen).toEqual([`POST /echo am.internal:${port}`]);
    expect(lookups).toBe(1);
  });

  it("allows per purpose and per port", async () => {
    const other = parseAllowList(`oidc=127.0.0.1;targets=am.internal:${port + 1}`);
    await expect(guardedRequest(get(`http://127.0.0.1:${port}/`), other)).rejects.toMatchObject({
      code: "outbound_refused",
    });
    const request = guardedRequest(get(`http://am.internal:${port}/`), other, resolvesTo("127.0.0.1"));
    await expect(request).rejects.toMatchObject({ code: "outbound_refused" });
  });

  it("says as many bytes as it sends, and sends nothing that says otherwise", async () => {
    const posted = { method: "POST", body: "é😀" };
    expect(await guardedRequest(get(`http://127.0.0.1:${port}/`, posted), loopback)).toMatchObject({ body: "é😀" });
    seen = [];
    for (const length of ["2", "60"]) {
      const rawHeaders = [
        ["Host", "127.0.0.1"],
        ["Content-Length", length],
      ] as const;
      const asked = guardedRequest(
        get(`http://127.0.0.1:${port}/`, { ...posted, rawHeaders, deadlineMs: 2_000 }),
        loopback,
      );
      await expect(asked, length).rejects.toMatchObject({ code: "target_unreachable" });
    }
    expect(seen).toEqual([]);
  });

  it("hands a redirect back", async () => {
    expect((await guardedRequest(get(`http://127.0.0.1:${port}/redirect`), loopback)).status).toBe(302);
  });

  it("stops a body that is too large and an answer that is too slow", async () => {
    await expect(
      guardedRequest(get(`http://127.0.0.1:${port}/large`, { maxBytes: 100 }), loopback),
    ).rejects.toMatchObject({
      code: "target_unreachable",
      details: { neverConnected: false },
    });
    await expect(
      guardedRequest(get(`http://127.0.0.1:${port}/slow`, { deadlineMs: 100 }), loopback),
    ).rejects.toMatchObject({
      code: "target_unreachable",
      message: expect.stringContaining("no answer in time"),
    });
  });

  it("says when the other side cannot have seen the request", async () => {
    await expect(guardedRequest(get("http://127.0.0.1:1/"), loopback)).rejects.toMatchObject({
      code: "target_unreachable",
      details: { neverConnected: true },
    });
  });

  it.each(["ftp://example.com/", "file:///etc/passwd", "http://user:pw@example.com/", "nonsense"])(
    "refuses %s",
    async (url) => {
      await expect(guardedRequest(get(url), loopback)).rejects.toMatchObject({ code: "outbound_refused" });
    },
  );
});

describe("parseAllowList", () => {
  it("refuses what it does not understand instead of ignoring it", () => {
    expect(() => parseAllowList("10.0.0.0/8")).toThrow(/purpose=host/);
    expect(() => parseAllowList("targets=*.internal")).toThrow(/exact host/);
    expect(() => parseAllowList("targets=10.0.0.0/99")).toThrow(/prefix/);
    expect(() => parseAllowList("targets=0.0.0.0/0")).toThrow(/prefix/);
  });
});

describe("waiting until a deadline", () => {
  it("nobody listens to the deadline once the work is over: it would hold the address, and what is secret in it", async () => {
    const { signal } = new AbortController();
    const url = new URL("https://hooks.example/secret");
    expect(await abortable(Promise.resolve(7), signal, url)).toBe(7);
    await expect(abortable(Promise.reject(new Error("no")), signal, url)).rejects.toThrow("no");
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("it ends with the deadline, and says whom it waited for", async () => {
    const work = new Promise<never>(() => undefined);
    const waiting = abortable(work, AbortSignal.timeout(1), new URL("https://hooks.example/secret"));
    await expect(waiting).rejects.toMatchObject({ code: "target_unreachable" });
  });
});
