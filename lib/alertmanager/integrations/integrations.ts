import type { IntegrationKey } from "../config/types";
import type { IntegrationDefinition } from "../fields";
import { DISCORD } from "./definitions/discord";
import { EMAIL } from "./definitions/email";
import { INCIDENTIO } from "./definitions/incidentio";
import { JIRA } from "./definitions/jira";
import { MATTERMOST } from "./definitions/mattermost";
import { MSTEAMS } from "./definitions/msteams";
import { MSTEAMSV2 } from "./definitions/msteamsv2";
import { OPSGENIE } from "./definitions/opsgenie";
import { PAGERDUTY } from "./definitions/pagerduty";
import { PUSHOVER } from "./definitions/pushover";
import { ROCKETCHAT } from "./definitions/rocketchat";
import { SLACK } from "./definitions/slack";
import { SNS } from "./definitions/sns";
import { TELEGRAM } from "./definitions/telegram";
import { VICTOROPS } from "./definitions/victorops";
import { WEBEX } from "./definitions/webex";
import { WEBHOOK } from "./definitions/webhook";
import { WECHAT } from "./definitions/wechat";

/** Every native integration by its key under a receiver, in the order in which Alertmanager builds them. */
export const INTEGRATIONS: Record<IntegrationKey, IntegrationDefinition> = {
  webhook_configs: WEBHOOK,
  email_configs: EMAIL,
  pagerduty_configs: PAGERDUTY,
  opsgenie_configs: OPSGENIE,
  wechat_configs: WECHAT,
  slack_configs: SLACK,
  victorops_configs: VICTOROPS,
  pushover_configs: PUSHOVER,
  sns_configs: SNS,
  telegram_configs: TELEGRAM,
  discord_configs: DISCORD,
  webex_configs: WEBEX,
  msteams_configs: MSTEAMS,
  msteamsv2_configs: MSTEAMSV2,
  jira_configs: JIRA,
  incidentio_configs: INCIDENTIO,
  rocketchat_configs: ROCKETCHAT,
  mattermost_configs: MATTERMOST,
};
