import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { ApiError, api } from "./api";
import { answerStepUp } from "./step-up";

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

describe("a write that needs a fresh proof", () => {
  const PROBLEM = '{"code":"step_up_required","detail":"Prove it."}';

  /** Refuses so many times, then takes everything. */
  function refusing(times: number) {
    let calls = 0;
    vi.stubGlobal("fetch", async () => {
      calls += 1;
      return calls <= times ? new Response(PROBLEM, { status: 403 }) : new Response('{"ok":true}');
    });
    return () => calls;
  }

  it("asks once for all that wait, and is repeated", async () => {
    const calls = refusing(2);
    const asked = vi.fn(() => Promise.resolve(true));
    const takeBack = answerStepUp(asked);
    const write = () => api("/api/t/publish", { method: "POST" });
    await expect(Promise.all([write(), write()])).resolves.toEqual([{ ok: true }, { ok: true }]);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(calls()).toBe(4);
    takeBack();
  });

  it("fails when the person turns it down, when it does not help, and where nobody can ask", async () => {
    const write = () => api("/api/t/publish", { method: "POST" });
    const refused = { code: "step_up_required" };
    const calls = refusing(Number.POSITIVE_INFINITY);
    const never = answerStepUp(() => Promise.resolve(false));
    await expect(write()).rejects.toMatchObject(refused);
    expect(calls()).toBe(1);
    never();
    const always = answerStepUp(() => Promise.resolve(true));
    await expect(write()).rejects.toMatchObject(refused);
    expect(calls()).toBe(3);
    always();
    await expect(write()).rejects.toMatchObject(refused);
    expect(calls()).toBe(4);
  });
});

describe("a request that left with the cookie from before a proof", () => {
  /** A server that takes `cookie`, and a browser's: what comes with the proof counts from its answer on. */
  function browser(answerProof: Promise<void>) {
    let cookie = "old";
    let taken = "old";
    const paths: string[] = [];
    vi.stubGlobal("fetch", async (path: string) => {
      const sentWith = cookie;
      paths.push(path);
      if (path.endsWith("/step-up")) {
        taken = "new";
        await answerProof;
        cookie = "new";
        return new Response(null, { status: 204 });
      }
      return sentWith === taken ? new Response('{"ok":true}') : new Response("{}", { status: 401 });
    });
    return paths;
  }

  it("is sent once more when the proof was answered", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const paths = browser(promise);
    const proof = api("/api/me/step-up", { method: "POST", body: {} });
    await vi.waitFor(() => expect(paths).toHaveLength(1));
    const other = api("/api/demo/changes");
    await vi.waitFor(() => expect(paths).toHaveLength(2));
    resolve();
    await expect(Promise.all([proof, other])).resolves.toEqual([undefined, { ok: true }]);
    expect(paths).toEqual(["/api/me/step-up", "/api/demo/changes", "/api/demo/changes"]);
  });

  it("fails when it is refused again", async () => {
    const calls = answer("{}", { status: 401 });
    await expect(api("/api/demo/changes", { method: "PUT" })).rejects.toMatchObject({ code: "unauthenticated" });
    expect(calls).toHaveLength(2);
  });
});
