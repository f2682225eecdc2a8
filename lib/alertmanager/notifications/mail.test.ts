import { describe, expect, it } from "vitest";
import { profileFor } from "../profiles";
import { parseConfig } from "../yaml/parse-config";
import { buildRequests } from "./build-requests";
import { parseAddresses } from "./mail-address";
import { encodeHeader, quotedPrintable } from "./mime";

describe("parseAddresses", () => {
  it.each([
    ["a@example.org", ["a@example.org"]],
    ['a@x,b@x , "C, D" <c@x>,', ["a@x", "b@x", "c@x"]],
    ["Ops Team <ops@x> (on call)", ["ops@x"]],
    ["team: a@x, B <b@x>;", ["a@x", "b@x"]],
    ["a@[127.0.0.1]", ["a@[127.0.0.1]"]],
    ["É <e@example.org>", ["e@example.org"]],
  ])("%s", (text, addresses) => expect(parseAddresses(text)).toEqual({ ok: true, addresses }));

  it.each([
    ["", "mail: no address"],
    ["not an address", "mail: no angle-addr"],
    ["ops", "mail: missing '@' or angle-addr"],
    ["a@x b@x", "mail: expected comma"],
    ["A <a@x", "mail: unclosed angle-addr"],
    ["A <a>", "mail: missing @ in addr-spec"],
    ["A <@x>", "mail: invalid string"],
    ["a@x (", "mail: misformatted parenthetical comment"],
    ['<"a', "mail: empty quoted string in addr-spec"],
    ['"a\n" <a@x>', "mail: missing word in phrase: mail: bad character in quoted-string: '\\n'"],
    ['"\\\x7f" <a@x>', "mail: missing word in phrase: mail: bad character in quoted-string: '\\x7f'"],
    ["a\udcff <a@x>", 'mail: missing word in phrase: mail: invalid utf-8 in address: "a\\xff <a@x>"'],
    ['"\udcff" <a@x>', 'mail: missing word in phrase: mail: invalid utf-8 in quoted-string: "\\"\\xff\\" <a@x>"'],
  ])("%s is refused", (text, error) => expect(parseAddresses(text)).toEqual({ ok: false, error }));
});

it("takes special characters in a name, and no domain literal, before Go 1.22", () => {
  const name = "A, (b) c@x <a@x>";
  expect(parseAddresses(name, 21)).toEqual({ ok: true, addresses: ["a@x"] });
  expect(parseAddresses(name, 22)).toMatchObject({ ok: false });
  expect(parseAddresses("<a@[127.0.0.1]>", 21)).toEqual({ ok: false, error: "mail: invalid string" });
});

describe("quotedPrintable", () => {
  it.each([
    ["a\nb\r\nc\rd", "a\r\nb\r\nc\r\nd"],
    ["é = x ", "=C3=A9 =3D x=20"],
    ["a \nb", "a=20\r\nb"],
    ["a".repeat(80), `${"a".repeat(75)}=\r\n${"a".repeat(5)}`],
    [`${"a".repeat(74)}é`, `${"a".repeat(74)}=\r\n=C3=A9`],
  ])("%j", (text, encoded) => expect(quotedPrintable(text)).toBe(encoded));
});

describe("encodeHeader", () => {
  it.each([
    ["plain (text) = ?", "plain (text) = ?"],
    ["é_?", "=?utf-8?q?=C3=A9=5F=3F?="],
    ["a\nb c", "=?utf-8?q?a=0Ab_c?="],
  ])("%j", (value, encoded) => expect(encodeHeader(value)).toBe(encoded));

  it("breaks long words between characters", () => {
    const word = (count: number) => `=?utf-8?q?${"=C3=A9".repeat(count)}?=`;
    expect(encodeHeader("é".repeat(12))).toBe(`${word(10)} ${word(2)}`);
  });
});

const config = `
global: {smtp_smarthost: "mail.example.org:587", smtp_from: am@example.org}
route: {receiver: a}
receivers: [{name: a, email_configs: [{to: ops@example.org, auth_username: u, auth_password: p}]}]
`;

it.each([
  ["headers: {X-A: '{{ .Nope }}'}", '"X-A" header template', /^\r\n$/],
  ["html: '{{ .Nope }}'", "html template", /MIME-Version: 1\.0\r\n\r\n$/],
])("delivers what is written when %s fails", (field, name, data) => {
  const profile = profileFor("alertmanager@0.34");
  const text = config.replace("auth_username: u", field);
  const { config: parsed } = parseConfig(text, { profile, newId: () => "n" });
  const phases = [[{ labels: { alertname: "Down" } }]];
  const { requests, failures } = buildRequests(parsed!, profile, { phases, externalURL: "http://am" });
  expect(failures.map(({ message }) => message)).toEqual([
    `execute ${name}: template: :1:3: executing "" at <.Nope>: can't evaluate field Nope in type *template.Data`,
  ]);
  expect(requests).toMatchObject([{ smtp: true, data: expect.stringMatching(data) }]);
});

it("encrypts where it is asked to, and says when the page is not the real one", () => {
  const profile = profileFor("alertmanager@0.34");
  const { config: parsed } = parseConfig(config, { profile, newId: () => "n" });
  const phases = [[{ labels: { alertname: "<Down>" } }]];
  const [mail] = buildRequests(parsed!, profile, { phases, externalURL: "http://am" }).requests;
  expect(mail).toMatchObject({
    approximation: true,
    commands: [
      ...[
        "EHLO localhost",
        "STARTTLS",
        "EHLO localhost",
        "AUTH PLAIN AHUAcA==",
        "MAIL FROM:<am@example.org> BODY=8BITMIME",
      ],
      ...["RCPT TO:<ops@example.org>", "DATA", "QUIT"],
    ],
  });
  const data = mail && "smtp" in mail ? mail.data.replaceAll(/=\r?\n/g, "") : "";
  expect(data).toContain("<td>&lt;Down&gt;</td>");
});
