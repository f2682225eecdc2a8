import { NextRequest } from "next/server";
import { afterEach, describe, expect, test } from "vitest";
import nextConfig from "@/next.config.js";
import { config, proxy } from "@/proxy";

const PATHS = [
  "/",
  "/sign-in",
  "/demo/receivers",
  "/platform/tenants",
  "/api/me",
  "/api/demo/changes",
  "/api/tap/x/api/v2/alerts",
  "/api/docs",
  "/metrics",
  "/healthz",
  "/icon.svg",
  "/no/such/page",
];

test("no page answers under a name that ends like a file's, which a cache in front might keep", () => {
  const status = (path: string) => proxy(new NextRequest(new URL(path, "http://signalbox.example"))).status;
  for (const path of [
    "/demo/receivers/none.css",
    "/demo/changes/x.JS",
    "/demo.png",
    "/account/a.woff2?x=1",
    "/package.json",
  ]) {
    expect.soft(status(path), path).toBe(404);
    expect.soft(answer(path).get("cache-control"), path).toBe("no-store");
    expect.soft(answer(path).get("x-content-type-options"), path).toBe("nosniff");
  }
  for (const path of [...PATHS, "/demo/templates/slack.tmpl", "/api/openapi.json", "/demo?file=a.css"]) {
    expect.soft(status(path), path).toBe(200);
  }
});

const before = process.env.PUBLIC_URL;
afterEach(() => {
  if (before === undefined) delete process.env.PUBLIC_URL;
  else process.env.PUBLIC_URL = before;
});

const answer = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(new URL(path, "http://signalbox.example"), { headers })).headers;

describe("every page and every answer of the API", () => {
  test("is for our own origin alone, is not sniffed, framed or referred from", () => {
    for (const path of PATHS) {
      const headers = answer(path);
      expect.soft(Object.fromEntries(headers), path).toMatchObject({
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
      });
      expect.soft(headers.get("access-control-allow-origin"), path).toBeNull();
    }
  });

  test("runs no script but those of this one answer", () => {
    const policies = PATHS.map((path) => answer(path).get("content-security-policy") ?? "");
    for (const policy of policies) {
      const rules = new Map(policy.split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1).join(" ")]));
      expect(rules.get("default-src")).toBe("'none'");
      expect(rules.get("object-src")).toBe("'none'");
      expect(rules.get("base-uri")).toBe("'none'");
      expect(rules.get("frame-ancestors")).toBe("'none'");
      expect(rules.get("form-action")).toBe("'self'");
      expect(rules.get("script-src")).toMatch(/^'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'$/);
    }
    expect(new Set(policies.map((policy) => /nonce-([^']+)/.exec(policy)?.[1])).size).toBe(PATHS.length);
  });

  test("uses no power of the browser but passkeys, and those for itself", () => {
    const policy = answer("/demo").get("permissions-policy") ?? "";
    for (const name of ["camera", "microphone", "geolocation", "usb", "serial", "payment", "hid", "midi"]) {
      expect(policy.split(", ")).toContain(`${name}=()`);
    }
    expect(policy.split(", ").filter((rule) => !rule.endsWith("=()"))).toEqual([
      "publickey-credentials-create=(self)",
      "publickey-credentials-get=(self)",
    ]);
  });

  test("demands https for two years once it came by https, or should have", () => {
    const strict = "max-age=63072000; includeSubDomains";
    for (const path of PATHS) {
      delete process.env.PUBLIC_URL;
      expect(answer(path).get("strict-transport-security")).toBeNull();
      expect(answer(path, { "x-forwarded-proto": "https" }).get("strict-transport-security")).toBe(strict);
      process.env.PUBLIC_URL = "https://signalbox.example";
      expect(answer(path).get("strict-transport-security")).toBe(strict);
    }
  });

  test("hands on no request id that could break a line of the log", () => {
    expect(answer("/", { "x-request-id": "request-0001" }).get("x-request-id")).toBe("request-0001");
    expect(answer("/", { "x-request-id": "a b\u00e9" }).get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
  });
});

describe("files of the build", () => {
  test("have their policy from the configuration, and all else has it from here", async () => {
    const passes = new RegExp(`^${config.matcher[0]}$`);
    for (const path of PATHS) expect(passes.test(path)).toBe(true);
    const rules = (await nextConfig.headers?.()) ?? [];
    const file = "/_next/static/chunks/a.js";
    expect(passes.test(file)).toBe(false);
    expect(new RegExp(`^/(${/\((.*)\)/.exec(rules[0]?.source ?? "")?.[1]})$`).test(file)).toBe(true);
    const always = Object.fromEntries((rules[0]?.headers ?? []).map(({ key, value }) => [key, value]));
    expect(always).toMatchObject({
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
    });
    expect(always["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(rules[1]).toMatchObject({
      has: [{ type: "header", key: "x-forwarded-proto", value: "https" }],
      headers: [{ key: "strict-transport-security", value: "max-age=63072000; includeSubDomains" }],
    });
  });
});
