import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { HttpRequest, SmtpRequest } from "../notifications/request";
import { asCurl } from "./curl";
import { maskSecrets, SECRET_MARK } from "./mask";

const REQUEST: HttpRequest = {
  method: "POST",
  scheme: "https",
  host: "h.example",
  path: `/a?b=c&key=${SECRET_MARK}`,
  headers: [
    ["Host", "h.example"],
    ["User-Agent", "Alertmanager/0.34.0"],
    ["Content-Length", "7"],
    ["X-Empty", ""],
  ],
  body: `{"it's":"$(id) \`x\` \\ ${SECRET_MARK}\n"}`,
};

/** What a shell makes of the command's words. */
function words(command: string): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }\n${command}`;
  const variables = { SECRET: "s3cret", USERNAME: "u", PASSWORD: "p", SMARTHOST: "mail:25", AWS_ACCESS_KEY_ID: "k" };
  return execFileSync("/bin/sh", ["-c", script], { env: { ...process.env, ...variables }, encoding: "utf8" })
    .split("\0")
    .slice(0, -1);
}

describe("asCurl", () => {
  it("is read by a shell as what is meant, with the secret from the environment", () => {
    expect(asCurl(REQUEST)).not.toContain(SECRET_MARK);
    for (const request of [REQUEST, maskSecrets(REQUEST)]) {
      expect(words(asCurl(request))).toEqual([
        ...["--globoff", "--request", "POST", "https://h.example/a?b=c&key=s3cret"],
        ...["--header", "User-Agent: Alertmanager/0.34.0", "--header", "X-Empty;"],
        ...["--header", "Accept:", "--header", "Content-Type:"],
        ...["--data-raw", '{"it\'s":"$(id) `x` \\ s3cret\n"}'],
      ]);
    }
  });

  it("asks for user and password instead of showing them encoded", () => {
    const command = asCurl({ ...REQUEST, headers: [["Authorization", `Basic ${btoa(`u:${SECRET_MARK}`)}`]], body: "" });
    expect(words(command).slice(4, 6)).toEqual(["--user", "u:p"]);
  });

  it("has requests to AWS signed anew", () => {
    const authorization = "AWS4-HMAC-SHA256 Credential=k/<DATE>/us-east-2/sns/aws4_request, Signature=<VOLATILE>";
    const command = asCurl({
      ...REQUEST,
      headers: [
        ["Authorization", authorization],
        ["X-Amz-Date", "<VOLATILE>"],
      ],
    });
    expect(words(command).slice(8, 12)).toEqual(["--aws-sigv4", "aws:amz:us-east-2:sns", "--user", "k:"]);
    expect(command).not.toContain("VOLATILE");
  });

  it("hands a mail to the smarthost", () => {
    const mail: SmtpRequest = {
      smtp: true,
      commands: [
        "EHLO x",
        "STARTTLS",
        "AUTH PLAIN AHVzZXI=",
        "MAIL FROM:<a@b.c> BODY=8BITMIME",
        "RCPT TO:<d@e.f>",
        "DATA",
      ],
      data: "Subject: it's\r\n",
    };
    const command = asCurl(mail);
    expect(command.startsWith("printf %s 'Subject: it'\\''s\r\n' | curl")).toBe(true);
    expect(words(command)).toEqual([
      ...["smtp://mail:25", "--ssl-reqd", "--user", "u:p", "--mail-from", "a@b.c", "--mail-rcpt", "d@e.f"],
      ...["--upload-file", "-"],
    ]);
  });
});

const PLAIN: HttpRequest = {
  ...{ method: "POST", scheme: "https", host: "a.example:8443", path: "/x?a=[1]&b='", body: '@{"a":"it\'s"}\n' },
  headers: [
    ["Host", "a.example:8443"],
    ["User-Agent", "Alertmanager/0.34.0"],
    ["Content-Length", "13"],
    ["Content-Type", "application/json"],
  ],
};

it("quotes for a shell, and leaves to curl what it sets itself", () => {
  expect(asCurl(PLAIN)).toBe(
    [
      "curl --globoff --request POST 'https://a.example:8443/x?a=[1]&b='\\'''",
      "--header 'User-Agent: Alertmanager/0.34.0'",
      "--header 'Content-Type: application/json'",
      "--header 'Accept:'",
      "--data-raw '@{\"a\":\"it'\\''s\"}\n'",
    ].join(" \\\n  "),
  );
});

it("keeps curl from adding headers, and keeps an empty one", () => {
  const bare = asCurl({
    ...PLAIN,
    headers: [
      ["Accept", "*/*"],
      ["X-Empty", ""],
    ],
  });
  expect(bare).toContain("--header 'Accept: */*'");
  expect(bare).toContain("--header 'X-Empty;'");
  expect(bare).toContain("--header 'Content-Type:'");
  const get = asCurl({ ...PLAIN, method: "GET", headers: [], body: "" });
  expect(get).not.toMatch(/Content-Type|--data/);
});
