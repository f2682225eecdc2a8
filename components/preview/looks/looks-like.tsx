"use client";

import { useTranslations } from "next-intl";
import { memo, type ReactNode } from "react";
import type { IntegrationKey } from "@/lib/alertmanager";
import type { HttpRequest, SmtpRequest } from "@/lib/alertmanager/notifications/request";
import { Each } from "./each";
import { Email } from "./email";
import { PlainRequest } from "./plain-request";
import { Slack } from "./slack";

type Look = (request: HttpRequest, now: string | undefined) => ReactNode;

const LOOKS: Partial<Record<IntegrationKey, Look>> = {
  slack_configs: (request, now) => <Slack request={request} now={now} />,
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
