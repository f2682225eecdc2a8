import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Config, JsonObject } from "../config/types";
import { renderConfig } from "./render-config";

const AMTOOL = "/usr/bin/amtool";
const hasAmtool = existsSync(AMTOOL);
const folder = mkdtempSync(path.join(tmpdir(), "amtool-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(yaml: string): string {
  const file = path.join(folder, "alertmanager.yml");
  writeFileSync(file, yaml);
  return execFileSync(AMTOOL, ["check-config", file], { encoding: "utf8" });
}

/** Every integration that 0.25 has, with texts that YAML readers like to misread. */
const INTEGRATIONS: Record<string, JsonObject> = {
  webhook_configs: { url: "https://hooks.example.org/a?b=c#d", max_alerts: 10, send_resolved: false },
  email_configs: {
    to: "a@example.org, b@example.org",
    headers: { Subject: "yes", "X-Team": "012" },
    require_tls: false,
  },
  pagerduty_configs: { routing_key: "0123456789", details: { on: "off", runbook: "a: b # c" } },
  opsgenie_configs: { api_key: "1e3", responders: [{ name: "null", type: "team" }], details: { "~": "~" } },
  wechat_configs: { api_secret: "!secret", corp_id: "190:20:30", message: "{{ .Status }}: x" },
  slack_configs: {
    api_url: "https://hooks.slack.com/services/T/B/X",
    channel: "#alerts",
    title: "'quoted' and \"double\" \\ back",
    text: "first\n  second\n\nlast\n",
    fields: [{ title: "- a", value: "1_000", short: true }],
  },
  victorops_configs: { api_key: "*key", routing_key: "&routing" },
  pushover_configs: { user_key: "true", token: "0x1F", retry: "30s", expire: "1h" },
  sns_configs: {
    topic_arn: "arn:aws:sns:eu-central-1:123456789012:x",
    sigv4: { region: "eu-central-1" },
    attributes: { n: "No" },
  },
  telegram_configs: { bot_token: "123:abc", chat_id: -100123456789, parse_mode: "" },
  discord_configs: { webhook_url: "https://discord.com/api/webhooks/1/x", title: "\ttab\u0085 next line" },
  webex_configs: { room_id: "2026-11-23", http_config: { authorization: { credentials: "%abc" } } },
};

describe.skipIf(!hasAmtool)("amtool check-config of Alertmanager 0.25 (skipped when it is not installed)", () => {
  it("accepts what is printed for every integration", () => {
    const receivers = Object.entries(INTEGRATIONS).map(([key, integration], index) => ({
      id: key,
      name: ["yes", "012", "~", "a: b", "x #y", "é", "1_000", "", "[z", "null", "0o7", ".inf"][index] || key,
      [key]: [{ id: `${key}-0`, ...integration }],
    }));
    const config = {
      global: { smtp_smarthost: "mail.example.org:25", smtp_from: "a@example.org", resolve_timeout: "5m" },
      templates: [],
      route: {
        id: "root",
        receiver: "yes",
        group_by: ["..."],
        routes: receivers.map(({ name }, index) => ({
          id: `r${index}`,
          receiver: name,
          matchers: [`team="${index}"`, "severity=~'a|b'"],
          mute_time_intervals: ["nights"],
        })),
      },
      inhibit_rules: [{ source_matchers: ["a=b"], target_matchers: ['c!="d"'], equal: ["cluster"] }],
      receivers,
      time_intervals: [
        {
          name: "nights",
          time_intervals: [
            { times: [{ start_time: "22:00", end_time: "24:00" }], months: ["1:3"], days_of_month: ["-1"] },
          ],
        },
      ],
    } as unknown as Config;
    const answer = check(renderConfig({ config, source: null }).yaml);
    expect(answer).toContain("SUCCESS");
    expect(answer).toContain(`${receivers.length} receivers`);
    expect(answer).toContain("1 inhibit rules");
  });
});
