"use client";

import { useTranslations } from "next-intl";
import { memo, type ReactNode } from "react";
import type { IntegrationKey } from "@/lib/alertmanager";
import type { HttpRequest, SmtpRequest } from "@/lib/alertmanager/notifications/request";
import { Discord } from "./discord";
import { Each } from "./each";
import { Email } from "./email";
import { Jira } from "./jira";
import { Mattermost } from "./mattermost";
import { MessageCard } from "./msteams";
import { AdaptiveCard } from "./msteamsv2";
import { Opsgenie } from "./opsgenie";
import { PagerDuty } from "./pagerduty";
import { PlainRequest } from "./plain-request";
import { Pushover } from "./pushover";
import { RocketChat } from "./rocketchat";
import { Slack } from "./slack";
import { Sns } from "./sns";
import { Telegram } from "./telegram";
import { VictorOps } from "./victorops";
import { Webex } from "./webex";
import { IncidentIo, Webhook } from "./webhook";
import { WeChat } from "./wechat";

type Look = (request: HttpRequest, now: string | undefined) => ReactNode;

const LOOKS: Partial<Record<IntegrationKey, Look>> = {
  pagerduty_configs: (request) => <PagerDuty request={request} />,
  opsgenie_configs: (request) => <Opsgenie request={request} />,
  victorops_configs: (request) => <VictorOps request={request} />,
  jira_configs: (request) => <Jira request={request} />,
  webhook_configs: (request) => <Webhook request={request} />,
  incidentio_configs: (request) => <IncidentIo request={request} />,
  pushover_configs: (request) => <Pushover request={request} />,
  sns_configs: (request) => <Sns request={request} />,
  wechat_configs: (request, now) => <WeChat request={request} now={now} />,
  slack_configs: (request, now) => <Slack request={request} now={now} />,
  mattermost_configs: (request, now) => <Mattermost request={request} now={now} />,
  rocketchat_configs: (request, now) => <RocketChat request={request} now={now} />,
  discord_configs: (request, now) => <Discord request={request} now={now} />,
  msteams_configs: (request, now) => <MessageCard request={request} now={now} />,
  msteamsv2_configs: (request, now) => <AdaptiveCard request={request} now={now} />,
  webex_configs: (request, now) => <Webex request={request} now={now} />,
  telegram_configs: (request, now) => <Telegram request={request} now={now} />,
};

const MOST_SHOWN = 5;

export type LooksLikeProps = {
  integration: IntegrationKey;
  requests: readonly (HttpRequest | SmtpRequest)[];
  /** The time that messages are stamped with. */
  now?: string;
};

/** How the readers of a notification see it, drawn from the requests that carry it. */
export const LooksLike = memo(({ integration, requests, now }: LooksLikeProps) => {
  const t = useTranslations("looks");
  const left = requests.length - MOST_SHOWN;
  return (
    <div className="grid min-w-0 gap-2.5">
      <Each of={requests.slice(0, MOST_SHOWN)}>
        {(request) => (
          <div className="min-w-0">
            {"smtp" in request ? (
              <Email mail={request} />
            ) : (
              (LOOKS[integration]?.(request, now) ?? <PlainRequest request={request} />)
            )}
          </div>
        )}
      </Each>
      {left > 0 ? <p className="text-12 text-muted">{t("more", { count: left })}</p> : null}
    </div>
  );
});
LooksLike.displayName = "LooksLike";
