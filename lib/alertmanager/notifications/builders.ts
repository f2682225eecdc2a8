import type { IntegrationKey } from "../config/types";
import type { Notification } from "./notification";
import { pagerduty } from "./pagerduty";
import { slack } from "./slack";
import { webhook } from "./webhook";

/** What each integration sends. A builder throws `NotifyError` where the real one returns an error. */
export const BUILDERS: Readonly<Partial<Record<IntegrationKey, (notification: Notification) => void>>> = {
  webhook_configs: webhook,
  pagerduty_configs: pagerduty,
  slack_configs: slack,
};
