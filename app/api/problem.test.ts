import pino from "pino";
import { describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { refuseForeignWrites, respond } from "./problem";

process.env.LOG_LEVEL = "silent";
const url = "http://signalbox.example/api/demo/changes";
const request = (method: string, headers: Record<string, string> = {}, body?: string) =>
  new Request(url, { method, headers: { host: "signalbox.example", ...headers }, ...(body ? { body } : {}) });
const csrf = { "x-signalbox-csrf": "1" };

describe("foreign writes", () => {
  test("are refused without the header, from another origin or another site", () => {
    const foreign: Record<string, string>[] = [
      {},
      { ...csrf, origin: "https://evil.example" },
      { ...csrf, origin: "null" },
      { ...csrf, "sec-fetch-site": "cross-site" },
      { ...csrf, "sec-fetch-site": "same-site" },
      { origin: "http://signalbox.example", "sec-fetch-site": "same-origin" },
    ];
    for (const headers of foreign) {
      expect(() => refuseForeignWrites(request("PUT", headers)), JSON.stringify(headers)).toThrow(AppError);
    }
  });

  test("our own pages, scripts without a browser, and reads pass", () => {
    const own: Record<string, string>[] = [
      csrf,
      { ...csrf, origin: "http://signalbox.example", "sec-fetch-site": "same-origin" },
    ];
    for (const headers of own) expect(() => refuseForeignWrites(request("POST", headers))).not.toThrow();
    expect(() => refuseForeignWrites(request("GET", { "sec-fetch-site": "cross-site" }))).not.toThrow();
  });

  test("behind a proxy that asks by another name, PUBLIC_URL is ours, with its scheme", () => {
    vi.stubEnv("PUBLIC_URL", "https://alerts.example/");
    const from = (origin: string) => () => refuseForeignWrites(request("PUT", { ...csrf, origin }));
    expect(from("https://alerts.example")).not.toThrow();
    expect(from("http://alerts.example")).toThrow(AppError);
    expect(from("https://alerts.example.evil.example")).toThrow(AppError);
    vi.unstubAllEnvs();
  });
});

describe("the log", () => {
  test("has one line per request: who, from where, what became of it; no name, no address of a page, no secret", async () => {
    const said: Record<string, unknown>[] = [];
    const write = (line: string) => said.push(JSON.parse(line));
    Object.assign(globalThis, { signalboxLogger: pino({ level: "info" }, { write }) });
    const headers = {
      ...csrf,
      "x-request-id": "request-0002",
      "x-forwarded-for": "203.0.113.9",
      cookie: "sid=hunter2",
    };
    await respond(request("PUT", headers, '{"api_url":"hunter2"}'), "/api/{tenant}/x", async (_id, who) => {
      Object.assign(who, { tenantId: "t", actor: "p" });
    });
    await respond(request("GET", headers), "/api/me", async () => ({}));
    await respond(request("GET", headers), "/api/me", async () => {
      throw new AppError("not_found", "There is no hunter2.");
    });
    Object.assign(globalThis, { signalboxLogger: undefined });
    const line = { requestId: "request-0002", client: "203.0.113.9", ms: expect.any(Number), msg: "answered" };
    expect(said).toEqual([
      expect.objectContaining({
        ...line,
        tenantId: "t",
        actor: "p",
        method: "PUT",
        route: "/api/{tenant}/x",
        status: 204,
      }),
      expect.objectContaining({ ...line, method: "GET", route: "/api/me", status: 404 }),
    ]);
    expect(JSON.stringify(said)).not.toMatch(/hunter2|demo/);
  });
});

describe("problem+json", () => {
  const refused = async (error: unknown) => {
    const response = await respond(request("GET", { "x-request-id": "request-0001" }), "/api/x", async () => {
      throw error;
    });
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(response.headers.get("x-request-id")).toBe("request-0001");
    return { status: response.status, headers: response.headers, body: await response.json() };
  };

  test("carries code, words and details", async () => {
    const { status, body } = await refused(new AppError("stale_version", "Load again.", { version: 7 }));
    expect(status).toBe(412);
    expect(body).toMatchObject({ status: 412, code: "stale_version", detail: "Load again.", version: 7 });
    expect(body.type).toContain("stale_version");
  });

  test("never tells what an unknown failure said", async () => {
    const { status, body } = await refused(new Error("password of the database is hunter2"));
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain("hunter2");
  });

  test("puts an unknown failure on record, with its words and the request", async () => {
    const said: unknown[] = [];
    const write = (line: string) => said.push(JSON.parse(line));
    Object.assign(globalThis, { signalboxLogger: pino({ level: "error" }, { write }) });
    try {
      await refused(new Error("the disk is full"));
      await refused(new AppError("not_found", "There is none."));
    } finally {
      Object.assign(globalThis, { signalboxLogger: undefined });
    }
    expect(said).toEqual([
      expect.objectContaining({
        requestId: "request-0001",
        msg: "request failed",
        err: expect.objectContaining({ message: "the disk is full" }),
      }),
    ]);
  });

  test("somebody who left in the midst of a request is no failure of the server", async () => {
    const left = Object.assign(new Error("aborted"), { code: "ECONNRESET" });
    expect((await refused(left)).body.code).toBe("invalid_input");
    const broken = Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" });
    expect((await refused(broken)).body.code).toBe("internal");
  });

  test("a failed schema is invalid_input, a limit says when to come back", async () => {
    const parsed = z.object({ a: z.string() }).safeParse({});
    expect((await refused(parsed.error)).body).toMatchObject({ code: "invalid_input", issues: [{ path: ["a"] }] });
    const limited = await refused(new AppError("rate_limited", "Wait.", { retryAfter: 9 }));
    expect(limited.headers.get("retry-after")).toBe("9");
  });
});

test("answers: JSON, nothing, or a Response of the handler's own; never cached", async () => {
  const get = (result: unknown) => respond(request("GET"), "/api/x", async () => result);
  expect(await (await get({ a: 1 })).json()).toEqual({ a: 1 });
  expect((await get(undefined)).status).toBe(204);
  const own = await get(Response.json({}, { status: 201 }));
  expect([own.status, own.headers.get("cache-control")]).toEqual([201, "no-store"]);
});
