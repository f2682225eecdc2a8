import http, { type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { inTurn } from "./in-turn";

let open = new Map<string, ServerResponse>();
let server: http.Server;
let base = "";
beforeEach(async () => {
  open = new Map();
  const hand = inTurn((request, response) => void open.set(request.url ?? "", response));
  server = http.createServer((request, response) => {
    request.headers["x-forwarded-for"] = "192.0.2.1";
    hand(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const PROGRAM = { authorization: "Bearer sbx_some" };
const ask = (url: string, headers: Record<string, string> = {}, signal?: AbortSignal) =>
  fetch(`${base}${url}`, { headers, ...(signal ? { signal } : {}) }).catch(() => undefined);
const arrived = (url: string) => expect.poll(() => open.has(url)).toBe(true);

it("hands a program's request on when the person's is answered, and the tap's at once", async () => {
  void ask("/acme");
  await arrived("/acme");
  const program = ask("/api/acme/changes", PROGRAM);
  void ask("/api/tap/v2/alerts", PROGRAM);
  await arrived("/api/tap/v2/alerts");
  expect(open.has("/api/acme/changes")).toBe(false);
  open.get("/acme")?.end();
  await arrived("/api/acme/changes");
  open.get("/api/acme/changes")?.end("done");
  expect(await (await program)?.text()).toBe("done");
});

it("has programs wait for one another while people are near, and goes on when one hangs up", async () => {
  void ask("/acme");
  await arrived("/acme");
  open.get("/acme")?.end();
  const first = new AbortController();
  void ask("/api/acme/first", PROGRAM, first.signal);
  await arrived("/api/acme/first");
  void ask("/api/acme/second", PROGRAM);
  first.abort();
  await arrived("/api/acme/second");
});

it("refuses the hundred and first that waits, as the API refuses", async () => {
  void ask("/acme");
  await arrived("/acme");
  const answers = Promise.all(Array.from({ length: 130 }, (_, at) => ask(`/api/acme/${at}`, PROGRAM)));
  const drain = setInterval(() => {
    for (const response of open.values()) response.end("{}");
  }, 5);
  const statuses = (await answers).map((answer) => answer?.status);
  clearInterval(drain);
  expect(statuses).toContain(200);
  expect(statuses).toContain(429);
  const refused = (await answers).find((answer) => answer?.status === 429);
  expect(refused?.headers.get("retry-after")).toBe("1");
  expect(await refused?.json()).toMatchObject({ code: "rate_limited", status: 429 });
});
