import { describe, expect, test } from "vitest";
import { originOf, parseTrustedProxies } from "./forwarded";

const trusted = parseTrustedProxies("10.0.0.0/8, 192.0.2.7,2001:db8::/32");
const from = (remoteAddress: string, headers: Record<string, string | string[]> = {}, encrypted = false) =>
  originOf({ remoteAddress, encrypted, headers: { host: "signalbox.example", ...headers } }, trusted);

describe("what a request says of itself", () => {
  test("counts for nothing when it comes from nobody we trust", () => {
    const lies = { "x-forwarded-for": "1.2.3.4", "x-forwarded-proto": "https", "x-forwarded-host": "evil.example" };
    expect(from("203.0.113.9", lies)).toEqual({
      address: "203.0.113.9",
      protocol: "http",
      host: "signalbox.example",
    });
    expect(from("203.0.113.9", {}, true).protocol).toBe("https");
  });

  test("counts when a trusted proxy says it", () => {
    const headers = { "x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https", "x-forwarded-host": "a.example" };
    const expected = { address: "203.0.113.9", protocol: "https", host: "a.example" };
    expect(from("10.1.2.3", headers)).toEqual(expected);
    expect(from("::ffff:10.1.2.3", headers)).toEqual(expected);
    expect(from("2001:db8::5", headers)).toEqual(expected);
  });
});

describe("the client behind proxies", () => {
  test.each([
    ["what the client wrote stands on the left", "6.6.6.6, 203.0.113.9", "203.0.113.9"],
    ["two proxies of ours", "6.6.6.6, 203.0.113.9, 192.0.2.7", "203.0.113.9"],
    ["only proxies of ours: the outermost", "10.9.9.9, 192.0.2.7", "10.9.9.9"],
    ["what is no address ends the reading", "203.0.113.9, unknown, 192.0.2.7", "192.0.2.7"],
    ["no header", "", "10.0.0.1"],
    ["IPv4 in IPv6", "::ffff:203.0.113.9", "203.0.113.9"],
  ])("%s", (_name, header, expected) => {
    expect(from("10.0.0.1", { "x-forwarded-for": header }).address).toBe(expected);
  });

  test("several headers are one list", () => {
    expect(from("10.0.0.1", { "x-forwarded-for": ["6.6.6.6", "203.0.113.9, 10.0.0.2"] }).address).toBe("203.0.113.9");
  });

  test("only http and https are protocols", () => {
    expect(from("10.0.0.1", { "x-forwarded-proto": "javascript" }).protocol).toBe("http");
  });
});

test("a wrong entry is named, and an empty list trusts nobody", () => {
  for (const wrong of ["10.0.0.0/33", "10.0.0.0/", "proxy.example", "10.0.0.0/8;::1", "::/129", "10.0.0/8"]) {
    expect(() => parseTrustedProxies(`127.0.0.1,${wrong}`), wrong).toThrow(wrong);
  }
  expect(parseTrustedProxies("")("127.0.0.1")).toBe(false);
  expect(parseTrustedProxies("0.0.0.0/0")("203.0.113.9")).toBe(true);
});
