import type { IntegrationKey } from "@/lib/alertmanager";

/** What people call each kind. The definitions know it too, but a list of receivers should not load 248 fields for it. */
export const INTEGRATION_LABELS: Record<IntegrationKey, string> = {
  discord_configs: "Discord",
  email_configs: "Email",
  incidentio_configs: "incident.io",
  jira_configs: "Jira",
  mattermost_configs: "Mattermost",
  msteams_configs: "Microsoft Teams",
  msteamsv2_configs: "Microsoft Teams (Workflows)",
  opsgenie_configs: "Opsgenie",
  pagerduty_configs: "PagerDuty",
  pushover_configs: "Pushover",
  rocketchat_configs: "Rocket.Chat",
  slack_configs: "Slack",
  sns_configs: "Amazon SNS",
  telegram_configs: "Telegram",
  victorops_configs: "VictorOps",
  webex_configs: "Webex",
  webhook_configs: "Webhook",
  wechat_configs: "WeChat",
};
