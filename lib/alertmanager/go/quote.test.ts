import { describe, expect, it } from "vitest";
import { goQuote, goUnquote } from "./quote";
import { checkUrl, parseGoUrl } from "./url";

describe("goQuote", () => {
  it.each([
    ["\u007f", '"\\x7f"'],
    ["\u00a0", '"\\u00a0"'],
    ["\u200b", '"\\u200b"'],
    ["\u{10ffff}", '"\\U0010ffff"'],
    ["é 🙂", '"é 🙂"'],
  ])("writes %j as Go does", (text, quoted) => expect(goQuote(text)).toBe(quoted));
});

describe("goUnquote", () => {
  it.each([
    ['"\\101\\x42\\u0043\\U0001f642"', "ABC🙂"],
    ['"\\303\\251"', "é"],
    ['"\\a\\v"', "\u0007\v"],
  ])("reads %s", (quoted, text) => expect(goUnquote(quoted)).toBe(text));

  it.each([
    "",
    '"',
    "'a'",
    '"a"b"',
    '"a\nb"',
    '"\\',
    '"\\"',
    '"\\q"',
    '"\\x4"',
    '"\\xzz"',
    '"\\ud800"',
    '"\\U00110000"',
    '"\\1"',
    '"\\477"',
  ])("refuses %j", (quoted) => expect(goUnquote(quoted)).toBeNull());
});

describe("URLs", () => {
  it.each([
    ["http://a b@h/", "net/url: invalid userinfo"],
    ["http://[::1/", "missing ']' in host"],
    ["http://[::1]9093/", 'invalid port "9093" after host'],
    ["http://h:80[/", 'invalid port ":80[" after host'],
    ["http://a b/", 'invalid character " " in host name'],
    ["http://a\\b/", 'invalid character "\\\\" in host name'],
    ["http://a%41/", 'invalid URL escape "%41"'],
    [":a", "missing protocol scheme"],
    ["1a:b", "first path segment in URL cannot contain colon"],
    ["http://h/#%", 'invalid URL escape "%"'],
    ["http://h/\u0007", "net/url: invalid control character in URL"],
  ])("refuses %j", (text, error) => expect(parseGoUrl(text)).toEqual({ ok: false, error }));

  it.each([
    ["http://[::1]:9093/x?y#z", "http", "[::1]:9093"],
    ["http://h[:80/", "http", "h[:80"],
    ["http://a[b]/", "http", "a[b]"],
    ["HTTPS://user:p%40ss@h", "https", "h"],
    ["mailto:a@b", "mailto", ""],
    ["//h/a", "", "h"],
    ["*", "", ""],
  ])("reads %s", (text, scheme, host) => expect(parseGoUrl(text)).toEqual({ ok: true, scheme, host }));

  it("says which text it could not read", () => {
    expect(checkUrl("http://[::1")).toEqual({ ok: false, error: "parse \"http://[::1\": missing ']' in host" });
  });
});
