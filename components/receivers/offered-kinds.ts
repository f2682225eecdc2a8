import { INTEGRATION_KEYS, INTEGRATIONS, type IntegrationKey } from "@/lib/alertmanager";
import { type Judge, whoLacksIntegration } from "../fields/judges";

const COMMON: readonly IntegrationKey[] = [
  "slack_configs",
  "pagerduty_configs",
  "email_configs",
  "webhook_configs",
  "msteamsv2_configs",
];
const REST = INTEGRATION_KEYS.filter((key) => !COMMON.includes(key)).sort((a, b) =>
  INTEGRATIONS[a].label.localeCompare(INTEGRATIONS[b].label),
);

/** Kinds that every target can send through, and those of the others that the receiver has already; the rest is named as hidden. */
export function offeredKinds(judges: readonly Judge[], present: readonly IntegrationKey[]) {
  const lacking = (key: IntegrationKey) => whoLacksIntegration(judges, key);
  const offered = (key: IntegrationKey) => present.includes(key) || lacking(key).length === 0;
  return {
    common: COMMON.filter(offered),
    rest: REST.filter(offered),
    hidden: [...COMMON, ...REST].filter((key) => !offered(key)).map((key) => ({ key, lacking: lacking(key) })),
  };
}
