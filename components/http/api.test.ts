import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { ApiError, api } from "./api";

function answer(body: string, init: ResponseInit = {}) {
  const calls: { path: string; init: RequestInit }[] = [];
  vi.stubGlobal("fetch", async (path: string, request: RequestInit) => {
    calls.push({ path, init: request });
    return new Response(body === "" ? null : body, init);
  });
  return calls;
}

afterEach(() => vi.unstubAllGlobals());

describe("api", () => {
  it("sends the proof against forgery and the version with a write", async () => {
    const calls = answer('{"ok":true}');
    await api("/api/t/changes/1/document", { method: "PUT", body: { a: 1 }, ifMatch: 7 });
    expect(calls[0]?.init.headers).toMatchObject({
      "x-signalbox-csrf": "1",
      "if-match": '"7"',
      "content-type": "application/json",
    });
    expect(calls[0]?.init.body).toBe('{"a":1}');
  });

  it("sends neither with a read, and checks the answer", async () => {
    const calls = answer('{"n":3}');
    await expect(api("/api/me", { schema: z.object({ n: z.number() }) })).resolves.toEqual({ n: 3 });
    expect(Object.keys(calls[0]?.init.headers ?? {})).toEqual(["accept"]);
    await expect(api("/api/me", { schema: z.object({ n: z.string() }) })).rejects.toThrow();
  });

  it("loads what judges the answer beside a read and before a write, and writes nothing without it", async () => {
    const calls = answer('{"n":3}');
    const schema = async () => z.object({ n: z.number() });
    await expect(api("/api/me", { schema })).resolves.toEqual({ n: 3 });
    const missing = () => Promise.reject(new Error("no such chunk"));
    await expect(api("/api/me", { schema: missing })).rejects.toMatchObject({ details: { network: true } });
    expect(calls).toHaveLength(2);
    await expect(api("/api/me", { method: "POST", schema: missing })).rejects.toMatchObject({ code: "not_ready" });
    expect(calls).toHaveLength(2);
  });

  it("turns a problem into an error with its code, words and details", async () => {
    answer(
      '{"type":"about:blank","title":"Stale","status":412,"code":"stale_version","detail":"Somebody saved.","version":9}',
      {
        status: 412,
        headers: { "x-request-id": "r1" },
      },
    );
    const error = await api("/api/x", { method: "PUT" }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      code: "stale_version",
      message: "Somebody saved.",
      details: { version: 9, status: 412, requestId: "r1" },
    });
  });

  it("survives an answer that is not ours", async () => {
    answer("<html>Bad gateway</html>", { status: 502 });
    await expect(api("/api/x")).rejects.toMatchObject({ code: "target_refused" });
  });

  it("says when nobody answers", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("fetch failed");
    });
    await expect(api("/api/x")).rejects.toMatchObject({ code: "not_ready", details: { network: true } });
  });
});
