import { describe, expect, it } from "vitest";
import { selfSigned } from "@/lib/testing/certificate";
import { isCertificate, keyPairProblem, pemBlocks } from "./pem";
import { tlsProblem, transportProblem } from "./transport";

const { cert, key } = selfSigned("alertmanager.example");
const block = (type: string, body = "AAAA") => `-----BEGIN ${type}-----\n${body}\n-----END ${type}-----\n`;

describe("pemBlocks", () => {
  it("finds every block, whatever stands between them", () => {
    const text = `Subject: x\n${cert}\nnotes\r\n${key.replaceAll("\n", "\r\n")}`;
    expect(pemBlocks(text).map(({ type }) => type)).toEqual(["CERTIFICATE", "PRIVATE KEY"]);
    const body = cert.replace(/-----.*-----/g, "");
    expect(Buffer.from(pemBlocks(text)[0]?.bytes ?? [])).toEqual(Buffer.from(body, "base64"));
  });

  it("leaves out the header lines of a block", () => {
    const headed = block("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES\n\nAQID");
    expect(pemBlocks(headed)).toEqual([{ type: "RSA PRIVATE KEY", bytes: Uint8Array.from([1, 2, 3]) }]);
  });

  it.each([
    ["a begin without its end", "-----BEGIN CERTIFICATE-----\nAAAA\n"],
    ["an end of something else", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END KEY-----\n"],
    ["a begin within a line", "see -----BEGIN KEY-----\nAAAA\n-----END KEY-----\n"],
    ["what is no base64", block("KEY", "A*AA")],
    ["half a group", block("KEY", "AAAAA")],
  ])("passes over %s", (_what, text) => expect(pemBlocks(text)).toEqual([]));
});

it("knows a certificate by its outline, and not when any byte of its end is missing", () => {
  const bytes = pemBlocks(cert)[0]?.bytes ?? new Uint8Array();
  expect(isCertificate(bytes)).toBe(true);
  for (let length = 0; length < bytes.length; length++) expect(isCertificate(bytes.slice(0, length))).toBe(false);
  expect(isCertificate(Uint8Array.from([...bytes, 0]))).toBe(false);
  expect(isCertificate(pemBlocks(key)[0]?.bytes ?? new Uint8Array())).toBe(false);
  // A length without bound, one of five bytes, and one beyond the end.
  for (const size of [[0x80], [0x85, 0, 0, 0, 0, 0], [0x84, 0x7f, 0xff, 0xff, 0xff]])
    expect(isCertificate(Uint8Array.from([0x30, ...size]))).toBe(false);
});

describe("keyPairProblem", () => {
  it("has nothing to say of a pair, nor of a chain with it", () => {
    expect(keyPairProblem(cert, key)).toBeNull();
    expect(keyPairProblem(block("EC PARAMETERS") + cert + cert, block("EC PARAMETERS") + key)).toBeNull();
  });

  it.each<[string, string, RegExp]>([
    ["", key, /^tls: failed to find any PEM data in certificate input$/],
    [key, key, /but did find a private key; PEM inputs may have been switched$/],
    [block("A B") + key, key, /after skipping PEM blocks of the following types: \[A B PRIVATE KEY\]$/],
    [cert, "nothing", /^tls: failed to find any PEM data in key input$/],
    [cert, cert, /^tls: found a certificate rather than a key in the PEM for the private key$/],
    [cert, block("A") + cert, /"PRIVATE KEY" in key input after skipping PEM .*: \[A CERTIFICATE\]$/],
    [block("CERTIFICATE"), key, /^x509: malformed certificate$/],
  ])("case %#", (certificate, secret, words) => expect(keyPairProblem(certificate, secret)).toMatch(words));
});

describe("a client that cannot be built", () => {
  const files: Record<string, string> = { "ca.pem": cert, "key.pem": key, "text.pem": "nothing" };
  const read = (name: string) => (name.startsWith("/") ? undefined : (files[name] ?? null));

  it.each<[string, Record<string, string>]>([
    ["a CA that is one", { ca_file: "ca.pem" }],
    ["a CA that nobody can look at", { ca_file: "/etc/ca.pem" }],
    ["a CA that is sealed", { ca: "<secret>" }],
    ["a pair, inline and from a file", { cert, key_file: "key.pem" }],
    ["a key that nobody can look at", { cert_file: "ca.pem", key_file: "/etc/key.pem" }],
    ["versions in order", { min_version: "TLS11", max_version: "TLS13" }],
    ["versions that are one", { min_version: "TLS12", max_version: "TLS12" }],
  ])("is not told of %s", (_what, tls) => expect(tlsProblem(tls, read)).toBeNull());

  it.each<[string, Record<string, string>, string, string, string]>([
    [
      "versions out of order",
      { min_version: "TLS13", max_version: "TLS12" },
      "tls_version_order",
      "max_version",
      "must be greater than or equal",
    ],
    [
      "a CA beside us that is missing",
      { ca_file: "./no.pem" },
      "file_missing",
      "ca_file",
      "open <DIR>/no.pem: no such file",
    ],
    [
      "a CA that is none",
      { ca_file: "key.pem" },
      "tls_unusable",
      "ca_file",
      "unable to use specified CA cert file <DIR>/key.pem",
    ],
    ["an inline CA that is none", { ca: "x" }, "tls_unusable", "ca", "unable to use specified CA cert inline"],
    [
      "a CA by reference",
      { ca_ref: "x" },
      "secret_ref_unsupported",
      "ca_ref",
      "unable to use CA cert: cannot use secret ref",
    ],
    [
      "a certificate that is missing",
      { cert_file: "no.pem", key_file: "key.pem" },
      "file_missing",
      "cert_file",
      "unable to read specified client cert",
    ],
    [
      "a key that is missing",
      { cert_file: "ca.pem", key_file: "no.pem" },
      "file_missing",
      "key_file",
      "unable to read specified client key",
    ],
    [
      "a pair that is none",
      { cert_file: "key.pem", key },
      "tls_unusable",
      "cert_file",
      "(file <DIR>/key.pem) & key (inline): tls: failed to find certificate",
    ],
  ])("says %s", (_what, tls, code, at, words) => {
    const http = { tls_config: tls };
    expect(tlsProblem(tls, read)).toMatchObject({ code, path: [at], upstream: expect.stringContaining(words) });
    expect(transportProblem(http, read)).toMatchObject({ code, path: ["tls_config", at] });
  });

  const JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
  it.each([
    [{ authorization: { credentials_ref: "x" } }, "authorization.credentials_ref", "unable to use credentials"],
    [{ basic_auth: { username_ref: "x", password_ref: "y" } }, "basic_auth.username_ref", "unable to use username"],
    [{ basic_auth: { username: "u", password_ref: "y" } }, "basic_auth.password_ref", "unable to use password"],
    [{ oauth2: { client_secret_ref: "x" } }, "oauth2.client_secret_ref", "unable to use client secret"],
    [
      { oauth2: { grant_type: JWT, client_certificate_key_ref: "x" } },
      "oauth2.client_certificate_key_ref",
      "unable to use client certificate",
    ],
  ])("says of %j that a reference has nobody who knows it", (http, at, words) => {
    expect(transportProblem(http, read)).toEqual({
      code: "secret_ref_unsupported",
      path: at.split("."),
      params: { key: at.split(".")[1] },
      upstream: `${words}: cannot use secret ref without manager`,
    });
  });

  it("does not mind a reference beside a value, or one that is not asked", () => {
    expect(
      transportProblem(
        { basic_auth: { username: "u", username_ref: "x", password_file: "f", password_ref: "y" } },
        read,
      ),
    ).toBeNull();
    expect(transportProblem({ oauth2: { client_certificate_key_ref: "x" } }, read)).toBeNull();
  });
});
