import { type Config, INTEGRATION_KEYS, type IntegrationKey } from "../../config/types";
import { INTEGRATIONS } from "../../integrations/integrations";
import type { TargetProfile } from "../../profiles";
import { isObject, items, textOf } from "../../validation/context";

/**
 * How an integration reaches somebody: `page` wakes, `chat` and `mail` wait to be read, `ticket` and `webhook` are for
 * programs (which may page in turn: that is not known here); `none` is a receiver without integrations.
 */
export type Urgency = "page" | "chat" | "mail" | "ticket" | "webhook" | "none";

/** From the most urgent. */
export const URGENCIES: readonly Urgency[] = ["page", "chat", "mail", "ticket", "webhook", "none"];

const URGENCY_OF: Readonly<Record<IntegrationKey, Urgency>> = {
  ...{ pagerduty_configs: "page", opsgenie_configs: "page", victorops_configs: "page", pushover_configs: "page" },
  ...{ incidentio_configs: "page", sns_configs: "webhook", webhook_configs: "webhook", jira_configs: "ticket" },
  ...{ slack_configs: "chat", discord_configs: "chat", telegram_configs: "chat", webex_configs: "chat" },
  ...{ msteams_configs: "chat", msteamsv2_configs: "chat", rocketchat_configs: "chat", mattermost_configs: "chat" },
  ...{ wechat_configs: "chat", email_configs: "mail" },
};

export interface Receiving {
  /** The most urgent of its integrations. */
  urgency: Urgency;
  /** Whether any of them tells of resolved alerts. */
  sendsResolved: boolean;
}

/** What the receivers of a configuration come to on a target, by name. */
export function receivingOf(config: Config, profile: TargetProfile): Map<string, Receiving> {
  const found = new Map<string, Receiving>();
  for (const receiver of items(config.receivers as never)) {
    if (!isObject(receiver)) continue;
    let urgency: Urgency = "none";
    let sendsResolved = false;
    for (const key of INTEGRATION_KEYS) {
      const there = items(receiver[key]).filter(isObject);
      if (there.length === 0 || !profile.knowsIntegration(key) || profile.shared?.neverSent?.includes(key)) continue;
      if (URGENCIES.indexOf(URGENCY_OF[key]) < URGENCIES.indexOf(urgency)) urgency = URGENCY_OF[key];
      const standard = INTEGRATIONS[key].fields.find((field) => field.key === "send_resolved")?.default === true;
      if (there.some(({ send_resolved: own }) => (typeof own === "boolean" ? own : standard))) sendsResolved = true;
    }
    found.set(textOf(receiver.name), { urgency, sendsResolved });
  }
  return found;
}
