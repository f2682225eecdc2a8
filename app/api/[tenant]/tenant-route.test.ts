import { beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/errors";
import { turnedAway } from "@/lib/resilience";
import { tenantRoute } from "./tenant-route";

const resolveTenant = vi.hoisted(() => vi.fn());
const limitRequest = vi.hoisted(() => vi.fn());
const authenticateToken = vi.hoisted(() => vi.fn());
vi.mock("@/lib/tenancy", () => ({ resolveTenant, limitRequest, authenticateToken }));

const ctx = { tenantId: "t", actor: { type: "person", id: "p" }, role: "admin", requestId: "request-1" };
const context = { params: Promise.resolve({ tenant: "acme", id: "7" }) };
const csrf = { "x-signalbox-csrf": "1", host: "box.example" };

function put(headers: Record<string, string>, body: unknown = {}): Request {
  return new Request("http://box.example/api/acme/x", { method: "PUT", headers, body: JSON.stringify(body) });
}

beforeEach(() => {
  resolveTenant.mockReset().mockResolvedValue(ctx);
});

describe("tenantRoute", () => {
  const handle = vi.fn(async () => ({ id: "7", version: 3 }));

  it("resolves the tenant of the address and answers with the version as ETag", async () => {
    const route = tenantRoute("/x/{id}", async ({ params, search }) => ({ ...params, q: search.get("q"), version: 3 }));
    const response = await route(new Request("http://box.example/api/acme/x?q=1"), context);
    expect(resolveTenant).toHaveBeenCalledWith("acme");
    expect(response.headers.get("etag")).toBe('"3"');
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({ id: "7", q: "1", version: 3 });
  });

  it.each([
    ["without the header", {}],
    ["from another origin", { ...csrf, origin: "https://evil.example" }],
    ["from another site", { ...csrf, "sec-fetch-site": "cross-site" }],
  ])("refuses a write %s, before anything is asked", async (_name, headers) => {
    const response = await tenantRoute("/x", handle)(put(headers), context);
    expect(response.status).toBe(403);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "csrf_refused", status: 403 });
    expect(handle).not.toHaveBeenCalled();
    expect(resolveTenant).not.toHaveBeenCalled();
  });

  it("reads If-Match, and asks for it where it is required", async () => {
    const route = tenantRoute("/x", async ({ requiredVersion }) => requiredVersion());
    expect(await (await route(put({ ...csrf, "if-match": '"12"' }), context)).json()).toEqual({ expectedVersion: 12 });
    expect((await route(put(csrf), context)).status).toBe(428);
    expect((await route(put({ ...csrf, "if-match": "12" }), context)).status).toBe(422);
    const lenient = tenantRoute("/x", async ({ optionalVersion }) => optionalVersion());
    expect(await (await lenient(put(csrf), context)).json()).toEqual({});
  });

  it("tells what is wrong as a problem document with its details", async () => {
    const route = tenantRoute("/x", async () => {
      throw new AppError("stale_version", "Too late.", { version: 9 });
    });
    const response = await route(put(csrf), context);
    expect(response.status).toBe(412);
    expect(await response.json()).toMatchObject({ code: "stale_version", detail: "Too late.", version: 9 });
  });

  it("refuses a person who asks too often, and says when to go on", async () => {
    limitRequest.mockImplementationOnce(() => {
      throw new AppError("rate_limited", "Too many requests.", { retryAfter: 7 });
    });
    handle.mockClear();
    const response = await tenantRoute("/x", handle)(put(csrf), context);
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "7"]);
    expect(await response.json()).toMatchObject({ code: "rate_limited", status: 429 });
    expect(limitRequest).toHaveBeenCalledWith(ctx);
    expect(handle).not.toHaveBeenCalled();
  });

  it("judges whoever shows a token by it alone: no cookie is read, and a browser's header is not needed", async () => {
    authenticateToken.mockResolvedValue(ctx);
    resolveTenant.mockReset();
    const request = put({
      authorization: "Bearer sbx_1",
      cookie: "next-auth.session-token=x",
      "x-forwarded-for": "192.0.2.7",
    });
    expect((await tenantRoute("/x", handle)(request, context)).status).toBe(200);
    expect(authenticateToken).toHaveBeenCalledWith("sbx_1", "acme", {
      address: "192.0.2.7",
      requestId: expect.any(String),
    });
    authenticateToken.mockRejectedValue(new AppError("unauthenticated", "No."));
    handle.mockClear();
    for (const authorization of ["Bearer", "bearer ", "Bearer a b"]) {
      const response = await tenantRoute("/x", handle)(put({ ...csrf, authorization }), context);
      expect([response.status, response.headers.get("www-authenticate")]).toEqual([
        401,
        'Bearer error="invalid_token"',
      ]);
    }
    expect(handle).not.toHaveBeenCalled();
    expect(resolveTenant).not.toHaveBeenCalled();
  });

  it("leaves word of a program that asks too often, so that it is refused before the app; not of what a verb refuses", async () => {
    authenticateToken.mockResolvedValue(ctx);
    const tooOften = () => Promise.reject(new AppError("rate_limited", "Too many requests.", { retryAfter: 7 }));
    const asked = (bearer: string) => put({ authorization: `Bearer ${bearer}` });
    limitRequest.mockImplementationOnce(tooOften);
    await tenantRoute("/x", handle)(asked("sbx_busy"), context);
    expect(JSON.parse(turnedAway("sbx_busy", "acme") ?? "{}")).toMatchObject({ code: "rate_limited", status: 429 });
    expect(turnedAway("sbx_busy", "other")).toBeNull();
    expect((await tenantRoute("/x", tooOften)(asked("sbx_tests"), context)).status).toBe(429);
    expect(turnedAway("sbx_tests", "acme")).toBeNull();
    limitRequest.mockImplementationOnce(tooOften);
    await tenantRoute("/x", handle)(put(csrf), context);
    expect(turnedAway("", "acme")).toBeNull();
  });

  it("does not tell a stranger whether the tenant is there", async () => {
    resolveTenant.mockRejectedValue(new AppError("not_found", "There is no such tenant."));
    expect((await tenantRoute("/x", handle)(new Request("http://box.example/api/acme/x"), context)).status).toBe(404);
  });

  it("accepts only an object as body", async () => {
    expect((await tenantRoute("/x", handle)(put(csrf, [1]), context)).status).toBe(422);
  });

  it("answers with the status of what was made, and nothing with 204", async () => {
    expect((await tenantRoute("/x", handle, { status: 201 })(put(csrf), context)).status).toBe(201);
    const empty = await tenantRoute("/x", async () => undefined)(put(csrf), context);
    expect([empty.status, await empty.text()]).toEqual([204, ""]);
  });
});
