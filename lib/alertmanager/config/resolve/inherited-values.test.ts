import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { profileFor } from "../../profiles";
import { parseConfig } from "../../yaml/parse-config";
import { type Config, INTEGRATION_KEYS, type JsonObject } from "../types";
import { inheritedValues } from "./inherited-values";
import { resolveConfig } from "./resolve-config";

const NEW = profileFor("alertmanager@0.34");
const OLD = profileFor("alertmanager@0.25");

describe("what an integration takes from elsewhere", () => {
  it("is what global writes, with the key that says so", () => {
    const global = { slack_api_url: "https://a.example/x", http_config: { proxy_url: "http://p:1" } };
    const { api_url, http_config, color } = inheritedValues("slack_configs", {}, global, NEW);
    expect(api_url).toEqual({ from: "global", key: "slack_api_url", value: "https://a.example/x" });
    expect(http_config).toEqual({ from: "global", key: "http_config", value: global.http_config });
    expect(color?.from).toBe("default");
  });

  it("is a default where global leaves its own as it is", () => {
    expect(inheritedValues("pagerduty_configs", {}, {}, NEW).url).toEqual({
      from: "default",
      value: "https://events.pagerduty.com/v2/enqueue",
    });
    expect(inheritedValues("opsgenie_configs", {}, { opsgenie_api_url: "https://eu.example" }, NEW).api_url).toEqual({
      from: "global",
      key: "opsgenie_api_url",
      value: "https://eu.example/",
    });
    expect(inheritedValues("email_configs", {}, { smtp_require_tls: false }, NEW).require_tls).toEqual({
      from: "global",
      key: "smtp_require_tls",
      value: false,
    });
  });

  it("is not what the integration says itself, nor what a file of its own replaces", () => {
    const global = { victorops_api_key: "secret" };
    expect(inheritedValues("victorops_configs", { api_key: "own" }, global, OLD).api_key).toBeUndefined();
    expect(inheritedValues("victorops_configs", { api_key_file: "/k" }, global, OLD).api_key).toBeUndefined();
    expect(inheritedValues("victorops_configs", {}, global, OLD).api_key).toMatchObject({ from: "global" });
  });

  it("follows the version of the target", () => {
    const global = { telegram_bot_token: "t", smtp_tls_config: { ca_file: "/ca" } };
    expect(inheritedValues("telegram_configs", {}, global, NEW).bot_token).toMatchObject({ from: "global" });
    expect(inheritedValues("telegram_configs", {}, global, OLD).bot_token).toBeUndefined();
    expect(inheritedValues("email_configs", {}, global, NEW).tls_config).toMatchObject({ key: "smtp_tls_config" });
    expect(inheritedValues("email_configs", {}, global, OLD).tls_config).toBeUndefined();
    const colour = (profile: typeof NEW) => inheritedValues("slack_configs", {}, {}, profile).color?.value;
    expect(colour(OLD)).not.toBe(colour(NEW));
  });

  it("keeps the reference of a secret, which nobody can read", () => {
    const ref = "secret:0190a0de-0000-7000-8000-000000000000@1";
    const { value } = inheritedValues("slack_configs", {}, { slack_api_url: ref }, NEW).api_url ?? {};
    expect(value).toBe(ref);
  });
});

const texts = readFileSync(new URL("../../validation/testdata/config.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as { yaml?: string; echo?: string })
  .flatMap(({ yaml, echo }) => (yaml !== undefined && echo !== undefined ? [yaml] : []));

/** The configuration with everything written out that its integrations were found to take from elsewhere. */
function writtenOut(config: Config, profile: typeof NEW): Config {
  const receivers = (config.receivers ?? []).map((receiver) => {
    const copy = { ...receiver };
    for (const kind of INTEGRATION_KEYS) {
      const list = receiver[kind];
      if (!Array.isArray(list)) continue;
      copy[kind] = list.map((integration) => {
        if (typeof integration !== "object" || integration === null) return integration;
        const taken = inheritedValues(kind, integration as JsonObject, config.global ?? {}, profile);
        const values = Object.fromEntries(Object.entries(taken).map(([key, { value }]) => [key, value]));
        return { ...integration, ...values };
      });
    }
    return copy;
  });
  return { ...config, receivers };
}

/** Without `global`, whose addresses some receivers end with a slash when they take them over. */
const receiversOf = (config: Config, profile: typeof NEW) => resolveConfig(config, profile).split("\nreceivers:\n")[1];

it.each([NEW, OLD])("written out, it changes nothing of what the target runs ($id)", (profile) => {
  let changed = 0;
  for (const text of texts) {
    const { config } = parseConfig(text, { profile, newId: () => "id" });
    if (!config) continue;
    const whole = writtenOut(config, profile);
    if (JSON.stringify(whole) !== JSON.stringify(config)) changed += 1;
    expect(receiversOf(whole, profile), text).toBe(receiversOf(config, profile));
  }
  expect(changed).toBeGreaterThan(100);
});
