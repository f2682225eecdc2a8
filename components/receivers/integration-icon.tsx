import {
  AtSign,
  Bell,
  Hash,
  type LucideIcon,
  Mail,
  MessageCircle,
  MessageSquare,
  Phone,
  Send,
  Siren,
  SquareKanban,
  Webhook,
} from "lucide-react";
import type { IntegrationKey } from "@/lib/alertmanager";

const ICONS: Record<IntegrationKey, LucideIcon> = {
  webhook_configs: Webhook,
  email_configs: Mail,
  pagerduty_configs: Siren,
  opsgenie_configs: Siren,
  wechat_configs: MessageCircle,
  slack_configs: Hash,
  victorops_configs: Siren,
  pushover_configs: Phone,
  sns_configs: Bell,
  telegram_configs: Send,
  discord_configs: MessageSquare,
  webex_configs: MessageSquare,
  msteams_configs: MessageSquare,
  msteamsv2_configs: MessageSquare,
  jira_configs: SquareKanban,
  incidentio_configs: Siren,
  rocketchat_configs: AtSign,
  mattermost_configs: AtSign,
};

/** A kind of destination; the product's name stands beside it. */
export function IntegrationIcon({ kind, className }: { kind: IntegrationKey; className?: string }) {
  const Icon = ICONS[kind];
  return <Icon className={className} aria-hidden />;
}
