import { describe, expect, it } from "vitest";
import type { SmtpRequest } from "@/lib/alertmanager/notifications/request";
import { asksForRemote, mailDocument } from "./mail-document";
import { decodedWords, headerOf, mailMessage } from "./mail-message";
import { drawn, recorded, words } from "./testing-requests";

const mail = (data: string): SmtpRequest => ({ smtp: true, commands: [], data });
const HEAD = "Subject: s\r\nContent-Type: multipart/alternative;  boundary=BOUNDARY\r\n\r\n";
const part = (type: string, text: string) =>
  `--BOUNDARY\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: ${type}; charset=UTF-8\r\n\r\n${text}\r\n`;

describe("a mail's data", () => {
  it("is taken apart as mail programs do", () => {
    const [request] = recorded("0.34/email/defaults");
    if (!request || !("smtp" in request)) throw new Error("no mail");
    const { headers, html, text } = mailMessage(request.data);
    expect(headerOf(headers, "subject")).toBe("[FIRING:2] DiskFull eu1 (two critical)");
    expect(html).toContain('"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"');
    expect(html).toContain("font-family: 'Helvetica Neue'");
    expect(html).not.toMatch(/=3D|=\r\n/);
    expect(text).toBeNull();
  });

  it("may be cut anywhere", () => {
    const data = HEAD + part("text/plain", "caf=C3=A9 =\r\nx") + part("text/html", "<p>=F0=9F=99=82</p>");
    const whole = mailMessage(`${data}--BOUNDARY--\r\n`);
    expect([whole.text, whole.html]).toEqual(["café x", "<p>🙂</p>"]);
    for (let at = 0; at < data.length; at++) expect(() => mailMessage(data.slice(0, at))).not.toThrow();
  });

  it("has headers in encoded words", () => {
    expect(decodedWords("=?utf-8?q?Gr=C3?= =?utf-8?q?=B6=C3=9Fe_x?= y")).toBe("Größe x y");
    expect(decodedWords("=?UTF-8?B?w6k=?= [a]")).toBe("é [a]");
    expect(decodedWords("=?koi8-r?q?=C3?=")).toBe("=?koi8-r?q?=C3?=");
  });
});

describe("a mail as it is opened", () => {
  it("shows who, what and the page in a frame that may do nothing", () => {
    const html = drawn("email_configs", recorded("0.34/email/defaults"));
    expect(words(html)).toContain("[FIRING:2] DiskFull eu1 (two critical)\nFrom\nam@example.org\nTo\nops@example.org");
    expect(html).toMatch(
      /<iframe sandbox="" srcDoc="[^"]*&quot;Content-Security-Policy&quot; content=&quot;default-src &#x27;none&#x27;/,
    );
    expect(html).toContain('title="Mail: [FIRING:2] DiskFull eu1 (two critical)"');
  });

  it("lets choose between page and text where it has both", () => {
    const both = drawn("email_configs", [
      mail(HEAD + part("text/plain", "plain words") + part("text/html", "<p>x</p>")),
    ]);
    expect(both).toContain('aria-pressed="true"');
    expect(words(both)).toMatch(/HTML\s*Plain text/);
    const text = drawn("email_configs", [mail(HEAD + part("text/plain", "plain <b>words</b>"))]);
    expect(text).not.toContain("<iframe");
    expect(words(text)).toContain("plain <b>words</b>");
  });

  it("says that pictures from elsewhere are not loaded", () => {
    const html = drawn("email_configs", [mail(HEAD + part("text/html", "<img src=3D'https://t.example/p.gif'>"))]);
    expect(words(html)).toContain("Pictures and styles from elsewhere are not loaded here.");
    expect(asksForRemote('<a href="https://a.example">x</a>')).toBe(false);
    expect(asksForRemote("<p style=\"background: url('//t.example/p')\">")).toBe(true);
  });

  it("puts its policy before all that the mail says, and a nonce into style sheets only", () => {
    const page = mailDocument("<!DOCTYPE html><html><style>p{}</style><link rel=dns-prefetch href=//t>", "bm9uY2U=");
    expect(page).toMatch(/^<!DOCTYPE html><head><meta http-equiv="Content-Security-Policy"/);
    expect(page).toContain("<style nonce=bm9uY2U= >p{}");
    expect(page).not.toContain("<link");
    expect(mailDocument("<style>", "a b><script>")).toContain("<style>");
    expect(mailDocument("<script>", "bm9uY2U=")).toMatch(/<script>$/);
  });
});
