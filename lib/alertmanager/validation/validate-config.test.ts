import { describe, expect, it } from "vitest";
import type { SecretFacts } from "../config/secret-ref";
import type { Config, JsonObject } from "../config/types";
import { applyFix } from "../diff/apply-fix";
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

  it("puts the finding first at which the real program stops", () => {
    // The second receiver does not even decode; what the first lacks shows only afterwards.
    const lacking = { id: "a", name: "a", opsgenie_configs: [{ id: "o" }] };
    const broken = { id: "b", name: "b", webhook_configs: [{ id: "w" }] };
    const config = { route: { id: "0", receiver: "a" }, receivers: [lacking, broken] } as unknown as Config;
    const found = validateConfig(config, latest).filter(({ severity }) => severity === "error");
    expect(found.map(({ code }) => code)).toEqual(["one_of_required", "missing_inherited"]);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ["match", { match: { a: "b" } }, { matchers: ['a="b"'] }],
    ["a duplicate in group_by", { group_by: ["a", "b", "a"] }, { group_by: ["a", "b"] }],
    ["a duration without unit", { group_wait: "30" }, { group_wait: "30s" }],
  ])("repairs %s", (_, written, repaired) => {
    const route = (part: JsonObject) => ({ id: "0", receiver: "team", routes: [{ id: "1", ...part }] });
    const config = withReceiver(webhook, { route: route(written) });
    const { fix } = validateConfig(config, latest).find((diagnostic) => diagnostic.fix)!;
    expect(applyFix(config, fix!).route).toEqual(route(repaired));
  });

  it("moves the old Teams integrations to the new ones", () => {
    const item = { id: "m", webhook_url: "https://h/x", title: "t" };
    const config = withReceiver({ msteams_configs: [{ ...item, summary: "s" }] });
    const [found] = validateConfig(config, latest);
    expect(found).toMatchObject({ code: "msteams_retired", severity: "info" });
    const { id, name, ...rest } = applyFix(config, found!.fix!).receivers![0]!;
    expect(rest).toEqual({ msteamsv2_configs: [item] });
    expect(codes(config, profileFor("alertmanager@0.27"))).toEqual([]);
  });

  it("judges files only when it is told which there are", () => {
    const http_config = { tls_config: { ca_file: "./tls/ca.pem" } };
    const config = withReceiver({ webhook_configs: [{ id: "w", url: "http://h", http_config }] });
    const upstreams = (files?: Record<string, string>) =>
      validateConfig(config, latest, files ? { files } : {}).map(({ upstream }) => upstream);
    expect(upstreams()).toEqual([]);
    expect(upstreams({})[0]).toContain("open <DIR>/tls/ca.pem: no such file or directory");
    expect(upstreams({ "tls/ca.pem": "x" })[0]).toBe("unable to use specified CA cert file <DIR>/tls/ca.pem");
  });

  it("judges an edit among 10,000 routes within a keystroke", () => {
    const leaf = (index: number) => ({ id: `x${index}`, receiver: "team", matchers: [`team="t${index}"`] });
    const routes = Array.from({ length: 10_000 }, (_, index) => leaf(index));
    let config = withReceiver(webhook, { route: { id: "0", receiver: "team", routes } });
    const timed = (found: number) => {
      const began = performance.now();
      expect(validateConfig(config, latest)).toHaveLength(found);
      return performance.now() - began;
    };
    const whole = timed(0);
    const times = Array.from({ length: 15 }, (_, index) => {
      const edited = [...config.route!.routes!];
      edited[index * 600] = { ...edited[index * 600]!, matchers: ["team=~("] };
      config = { ...config, route: { ...config.route!, routes: edited } };
      return timed(index + 1);
    });
    // 5 ms on a quiet machine. Held against judging all of it, which the same machine has just done.
    expect(times.sort((left, right) => left - right)[7]).toBeLessThan(whole / 8);
  });
});
