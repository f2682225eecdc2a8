import { afterEach, beforeEach, expect, test, vi } from "vitest";

vi.mock("next-auth", () => ({
  default: async () => Response.json({ from: "next-auth" }, { headers: { "set-cookie": "next-auth.session-token=x" } }),
}));
vi.mock("next-auth/next", () => ({ getServerSession: async () => null }));
const { GET, POST } = await import("./route");

beforeEach(() => {
  vi.stubEnv("NEXTAUTH_SECRET", "a secret of a test");
  vi.stubEnv("PUBLIC_URL", "https://signalbox.example");
  vi.stubEnv("SIGN_IN_RATE_LIMIT", "3");
  Object.assign(globalThis, { signalboxLimits: undefined });
});
afterEach(() => vi.unstubAllEnvs());

function call(path: string, address: string, headers: Record<string, string> = {}): Promise<Response> {
  const post = path.startsWith("callback/password") || path.startsWith("callback/link");
  const request = new Request(`https://signalbox.example/api/auth/${path}`, {
    method: post ? "POST" : "GET",
    headers: { "x-forwarded-for": address, ...headers },
  });
  return (post ? POST : GET)(request, { params: Promise.resolve({ nextauth: path.split("/") }) });
}

test("passwords, links and codes count together, per address; the rest of next-auth does not", async () => {
  for (const path of ["callback/password", "callback/link", "callback/oidc"]) {
    expect((await call(path, "203.0.113.9")).status, path).toBe(200);
  }
  const refused = await call("callback/password", "203.0.113.9");
  expect(refused.status).toBe(429);
  expect(refused.headers.get("content-type")).toBe("application/problem+json");
  expect(refused.headers.get("retry-after")).toBe("20");
  // The sign-in form's next-auth reads the reason from `url`.
  expect(await refused.json()).toMatchObject({
    status: 429,
    code: "rate_limited",
    retryAfter: 20,
    url: "https://signalbox.example/sign-in?error=RateLimited",
  });
  for (const path of ["csrf", "session", "providers", "signin/oidc", "signout"]) {
    expect((await call(path, "203.0.113.9")).status, path).toBe(200);
  }
  expect((await call("callback/password", "203.0.113.10")).status).toBe(200);
});

test("a whole IPv6 network is one address; a person on the way back from the provider gets a page", async () => {
  for (const address of ["2001:db8::1", "2001:db8::2", "2001:db8::3"]) await call("callback/oidc", address);
  const back = await call("callback/oidc", "2001:db8::4", { "sec-fetch-mode": "navigate" });
  expect([back.status, back.headers.get("location")]).toEqual([303, "/sign-in?error=RateLimited"]);
  expect(back.headers.get("retry-after")).toBe("20");
  expect((await call("callback/oidc", "2001:db8:0:1::1")).status).toBe(200);
});

test("reading the session writes no cookie over the one that a proof brought meanwhile", async () => {
  expect((await call("session", "203.0.113.9")).headers.getSetCookie()).toEqual([]);
  expect((await call("signout", "203.0.113.9")).headers.getSetCookie()).toHaveLength(1);
});

test("0 switches it off", async () => {
  vi.stubEnv("SIGN_IN_RATE_LIMIT", "0");
  for (let n = 0; n < 50; n++) expect((await call("callback/password", "203.0.113.9")).status).toBe(200);
});

test("a body that is too large for any sign-in is not read to its end, and nothing of it all is kept", async () => {
  const send = (body: string) => {
    const request = new Request("https://signalbox.example/api/auth/callback/password", {
      method: "POST",
      body,
      headers: { "x-forwarded-for": "203.0.113.20", "content-type": "application/x-www-form-urlencoded" },
    });
    return POST(request, { params: Promise.resolve({ nextauth: ["callback", "password"] }) });
  };
  const refused = await send(`password=${"x".repeat(65_536)}`);
  expect([refused.status, refused.headers.get("content-type")]).toEqual([413, "application/problem+json"]);
  const answered = await send("password=x");
  expect([answered.status, answered.headers.get("cache-control")]).toEqual([200, "no-store"]);
});
