import { describe, expect, it } from "vitest";
import type { SecretFacts } from "../config/secret-ref";
import type { Config, JsonObject } from "../config/types";
import { profileFor } from "../profiles";
import { validateConfig } from "./validate-config";

const latest = profileFor("alertmanager@0.34");
const REF = "secret://6f1c0f0e-8f7e-4f0a-9b1a-0a1b2c3d4e5f/1";

function withReceiver(receiver: JsonObject, more: JsonObject = {}): Config {
  const config = {
    route: { id: "root", receiver: "team" },
    receivers: [{ id: "r", name: "team", ...receiver }],
    ...more,
  };
  return config as unknown as Config;
}

const webhook = { webhook_configs: [{ id: "w", url: "http://h.example" }] };

function codes(config: Config, profile = latest) {
  return validateConfig(config, profile).map(({ code }) => code);
}

describe("validateConfig", () => {
  it("finds nothing in a plain configuration", () => {
    expect(validateConfig(withReceiver(webhook), latest)).toEqual([]);
  });

  it("collects everything at once, each with its path", () => {
    const found = validateConfig(
      withReceiver({ slack_configs: [{ id: "s", titel: "x", timeout: 5 }], telegram_configs: [{ id: "t" }] }),
      latest,
    );
    expect(found.map(({ code, path }) => `${code} ${path.slice(2).join(".")}`)).toEqual([
      "one_of_required telegram_configs.0.chat_id",
      "unknown_key_suggestion slack_configs.0.titel",
      "duration_nanoseconds slack_configs.0.timeout",
      "missing_inherited slack_configs.0.api_url",
      "missing_inherited telegram_configs.0.bot_token",
    ]);
  });

  it("repairs a mistyped key mechanically", () => {
    const [found] = validateConfig(
      withReceiver({ ...webhook, email_configs: [{ id: "e", to: "a@b.c", smarthots: "m:25" }] }),
      latest,
    );
    expect(found?.fix?.edits).toEqual([
      { path: ["receivers", 0, "email_configs", 0, "smarthots"] },
      { path: ["receivers", 0, "email_configs", 0, "smarthost"], value: "m:25" },
    ]);
  });

  it("knows what the target's version does not", () => {
    const config = withReceiver({ msteamsv2_configs: [{ id: "m", webhook_url: "http://h.example" }] });
    expect(codes(config)).toEqual([]);
    expect(codes(config, profileFor("alertmanager@0.27"))).toEqual(["integration_too_new"]);
    const payload = withReceiver({ webhook_configs: [{ id: "w", url: "http://h.example", payload: {} }] });
    expect(codes(payload, profileFor("alertmanager@0.31"))).toEqual(["key_too_new"]);
  });

  it("refuses what kills the target, whatever its own check says", () => {
    expect(codes(withReceiver({ slack_configs: [null] }))).toContain("null_item_crash");
    expect(codes(withReceiver(webhook, { global: { http_config: null } }))).toContain("global_missing_crash");
    const update = { id: "s", app_token: "x", update_message: true };
    expect(codes(withReceiver({ slack_configs: [update] }))).toContain("slack_update_message_crash");
  });

  it("never lets the masked secret through", () => {
    expect(codes(withReceiver({ webhook_configs: [{ id: "w", url: "<secret>" }] }))).toEqual(["secret_placeholder"]);
  });

  it("judges sealed secrets by what is known of them", () => {
    const config = withReceiver({ discord_configs: [{ id: "d", webhook_url: REF }] });
    const facts: SecretFacts = {
      kind: "secretUrl",
      valid: true,
      scheme: "https",
      host: "h",
      templated: false,
      setAt: "",
    };
    const told = (secrets: Record<string, SecretFacts>) =>
      validateConfig(config, latest, { secrets }).map(({ code, upstream }) => [code, upstream]);
    expect(told({ [REF]: facts })).toEqual([]);
    expect(told({})).toEqual([["secret_unknown", undefined]]);
    const problem = "missing host for URL";
    expect(told({ [REF]: { ...facts, valid: false, problem } })).toEqual([["secret_invalid", problem]]);
  });

  it("tells of a receiver that drops its alerts, as a warning", () => {
    expect(validateConfig(withReceiver({}), latest)).toMatchObject([{ code: "receiver_empty", severity: "warning" }]);
  });

  it("sees routes behind one that takes everything", () => {
    const routes: JsonObject[] = [{ id: "1" }, { id: "2", matchers: ["a=b"] }];
    const found = validateConfig(withReceiver(webhook, { route: { id: "0", receiver: "team", routes } }), latest);
    expect(found.map(({ code, path }) => [code, ...path])).toEqual([["route_unreachable", "route", "routes", 1]]);
  });

  it("remembers unchanged receivers but not their old place", () => {
    const broken = { id: "b", name: "broken", webhook_configs: [{ id: "w" }] };
    const config = withReceiver(webhook) as Config & { receivers: unknown[] };
    const first = { ...config, receivers: [...config.receivers!, broken] } as unknown as Config;
    const second = { ...config, receivers: [broken, ...config.receivers!] } as unknown as Config;
    const paths = (of: Config) =>
      validateConfig(of, latest)
        .filter(({ severity }) => severity === "error")
        .map(({ path }) => path[1]);
    expect([paths(first), paths(first), paths(second)]).toEqual([[1], [1], [0]]);
  });
});
