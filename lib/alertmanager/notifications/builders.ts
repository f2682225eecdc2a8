import type { IntegrationKey } from "../config/types";
import { discord } from "./discord";
import { email } from "./email";
import { incidentio } from "./incidentio";
import { jira } from "./jira";
import { mattermost } from "./mattermost";
import { msteams } from "./msteams";
import { msteamsv2 } from "./msteamsv2";
import type { Notification } from "./notification";
import { opsgenie } from "./opsgenie";
import { pagerduty } from "./pagerduty";
import { pushover } from "./pushover";
import { rocketchat } from "./rocketchat";
import { slack } from "./slack";
import { sns } from "./sns";
import { telegram } from "./telegram";
import { victorops } from "./victorops";
import { webex } from "./webex";
import { webhook } from "./webhook";
import { wechat } from "./wechat";

/** What each integration sends. A builder throws `NotifyError` where the real one returns an error. */
export const BUILDERS: Readonly<Record<IntegrationKey, (notification: Notification) => void>> = {
  webhook_configs: webhook,
  email_configs: email,
  pagerduty_configs: pagerduty,
  opsgenie_configs: opsgenie,
  wechat_configs: wechat,
  slack_configs: slack,
  victorops_configs: victorops,
  pushover_configs: pushover,
  sns_configs: sns,
  telegram_configs: telegram,
  discord_configs: discord,
  webex_configs: webex,
  msteams_configs: msteams,
  msteamsv2_configs: msteamsv2,
  jira_configs: jira,
  incidentio_configs: incidentio,
  rocketchat_configs: rocketchat,
  mattermost_configs: mattermost,
};
