import { describe, expect, it } from "vitest";
import type { SecretFacts } from "../config/secret-ref";
import type { Config, JsonObject } from "../config/types";
import { profileFor } from "../profiles";
import { validateConfig } from "./validate-config";

const latest = profileFor("alertmanager@0.34");
const REF = "secret://6f1c0f0e-8f7e-4f0a-9b1a-0a1b2c3d4e5f/1";
const GLOBAL = {
  smtp_smarthost: "h:25",
  smtp_from: "a@example.com",
  slack_api_url: "https://slack.com/api/chat.postMessage",
};

function found(receiver: JsonObject, secrets?: Record<string, SecretFacts>) {
  const config = {
    global: GLOBAL,
    route: { id: "root", receiver: "team" },
    receivers: [{ id: "r", name: "team", ...receiver }],
  } as unknown as Config;
  return validateConfig(config, latest, secrets ? { secrets } : {}).map(
    ({ code, path, upstream }) => [code, path.slice(2).join("."), upstream ?? ""] as const,
  );
}

describe("email", () => {
  const email = (more: JsonObject) => found({ email_configs: [{ id: "e", to: "x@example.com", ...more }] });

  it("takes headers that differ, and names those that Go writes alike", () => {
    expect(email({ headers: { Subject: "a", "X-Team": "b" } })).toEqual([]);
    expect(email({ headers: { subject: "a", SUBJECT: "b" } })).toEqual([
      ["email_header_duplicate", "email_configs.0.headers.SUBJECT", 'duplicate header "Subject" in email config'],
    ]);
  });

  it("threads by day or not, and then wants its two headers for itself", () => {
    expect(email({ threading: { enabled: true, thread_by_date: "daily" } })).toEqual([]);
    expect(email({ threading: { enabled: false }, headers: { References: "x" } })).toEqual([]);
    expect(
      email({ threading: { enabled: true, thread_by_date: "none" }, headers: { "in-reply-to": "x", references: "y" } }),
    ).toEqual([
      [
        "email_threading_conflict",
        "email_configs.0.headers",
        "conflicting configuration: threading.enabled conflicts with custom References header",
      ],
      [
        "email_threading_conflict",
        "email_configs.0.headers",
        "conflicting configuration: threading.enabled conflicts with custom In-Reply-To header",
      ],
    ]);
    expect(email({ threading: { enabled: true, thread_by_date: "weekly" } })).toEqual([
      [
        "value_not_allowed",
        "email_configs.0.threading.thread_by_date",
        "threading.thread_by_date must be either 'none' or 'daily'",
      ],
    ]);
  });

  it.each([
    ["h:25", null],
    ["[::1]:25", null],
    ["", null],
    ["h", "address h: missing port in address"],
    ["::1:25", "address ::1:25: too many colons in address"],
    ["[::1", "address [::1: missing ']' in address"],
    ["[::1]", "address [::1]: missing port in address"],
    ["[::1]25:1", "address [::1]25:1: missing port in address"],
    ["[::1]:2:5", "address [::1]:2:5: too many colons in address"],
    ["h:", 'address "h:": port cannot be empty'],
  ])("reads the smarthost %j as Go's net.SplitHostPort", (smarthost, problem) => {
    expect(email({ smarthost }).map(([code, , upstream]) => [code, upstream])).toEqual(
      problem === null ? [] : [["invalid_host_port", problem]],
    );
  });
});

describe("what is known of a sealed secret", () => {
  const facts = (more: Partial<SecretFacts>): SecretFacts =>
    ({ kind: "secretUrl", valid: true, scheme: "https", host: "slack.com", templated: false, ...more }) as SecretFacts;
  const slack = (secrets: Record<string, SecretFacts>, more: JsonObject = {}) =>
    found({ slack_configs: [{ id: "s", channel: "#c", api_url: REF, ...more }] }, secrets);

  it("one that is nobody's, one that is no URL, and one that upstream would refuse are found", () => {
    expect(slack({ [REF]: facts({}) })).toEqual([]);
    expect(slack({})).toEqual([["secret_unknown", "slack_configs.0.api_url", ""]]);
    expect(slack({ [REF]: { kind: "secret", valid: true } as SecretFacts })).toEqual([
      ["secret_invalid", "slack_configs.0.api_url", ""],
    ]);
    const problem = 'unsupported scheme "ftp" for URL';
    expect(slack({ [REF]: facts({ valid: false, problem }) })).toEqual([
      ["secret_invalid", "slack_configs.0.api_url", problem],
    ]);
  });

  it("updating a message wants Slack's own host, which is known although the path is not", () => {
    const updating = { update_message: true };
    expect(slack({ [REF]: facts({}) }, updating)).toEqual([]);
    expect(slack({ [REF]: facts({ host: "hooks.example" }) }, updating)).toMatchObject([
      ["slack_update_message_url", "slack_configs.0.update_message", expect.stringContaining("chat.postMessage")],
    ]);
  });
});

describe("Amazon SNS", () => {
  const sns = (more: JsonObject) => found({ sns_configs: [{ id: "s", topic_arn: "arn:aws:sns:eu:1:t", ...more }] });

  it("wants both halves of a key, and a role for an external id", () => {
    expect(sns({ sigv4: { access_key: "a", secret_key: "b" } })).toEqual([]);
    expect(sns({ sigv4: { access_key: "a" } })[0]?.slice(0, 2)).toEqual(["sigv4_pair", "sns_configs.0.sigv4"]);
    expect(sns({ sigv4: { secret_key: "b" } })[0]?.[0]).toBe("sigv4_pair");
    expect(sns({ sigv4: { external_id: "x", role_arn: "r" } })).toEqual([]);
    expect(sns({ sigv4: { external_id: "x" } })).toEqual([
      ["sigv4_external_id", "sns_configs.0.sigv4.external_id", "external_id can only be used with role_arn"],
    ]);
  });

  it("wants one target exactly", () => {
    const words = "must provide either a Target ARN, Topic ARN, or Phone Number for SNS config";
    expect(sns({ phone_number: "+41" })).toEqual([["sns_target_count", "sns_configs.0", words]]);
    expect(sns({ topic_arn: "" })).toEqual([["sns_target_count", "sns_configs.0", words]]);
  });
});

describe("a TLS client", () => {
  const tls = (value: JsonObject) =>
    found({ webhook_configs: [{ id: "w", url: "http://h", http_config: { tls_config: value } }] }).filter(([, path]) =>
      path.includes("tls_config"),
    );

  it.each<[JsonObject, string | null]>([
    [{ cert_file: "/c", key_file: "/k", ca_file: "/a" }, null],
    [{ cert_file: "/c" }, "tls_pair"],
    [{ key_file: "/k" }, "tls_pair"],
    [{ ca: "x", ca_file: "/a" }, "mutually_exclusive"],
    [{ cert: "x", cert_file: "/c", key_file: "/k" }, "mutually_exclusive"],
    [{ cert_file: "/c", key: "x", key_file: "/k" }, "mutually_exclusive"],
  ])("%j", (value, code) => {
    expect(tls(value).map(([first]) => first)[0] ?? null).toBe(code);
  });
});
