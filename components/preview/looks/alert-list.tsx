"use client";

import { useTranslations } from "next-intl";
import { Severity } from "../../ui/severity";
import { Each } from "./each";
import { Facts } from "./facts";
import { Folded } from "./folded";
import type { Part } from "./part";
import { SafeLink } from "./safe-link";

const MOST_ALERTS = 20;
const FOLD = { characters: 600, lines: 8 };

/** Whether it is the message that Alertmanager's webhooks carry. */
export function isWebhookMessage(body: Part): boolean {
  return body.list("alerts").some((alert) => alert.has("labels") && alert.has("status"));
}

/** The alerts of a webhook's message, one by one. */
export function AlertList({ body }: { body: Part }) {
  const t = useTranslations("looks");
  const alerts = body.list("alerts");
  const left = alerts.length - MOST_ALERTS;
  const truncated = body.get("truncatedAlerts").number ?? 0;
  return (
    <>
      <ul className="divide-y divide-line">
        <Each of={alerts.slice(0, MOST_ALERTS)}>{(alert) => <Alert alert={alert} />}</Each>
      </ul>
      {left > 0 ? <p className="text-12 text-muted">{t("moreAlerts", { count: left })}</p> : null}
      {truncated > 0 ? <p className="text-12 text-muted">{t("truncatedAlerts", { count: truncated })}</p> : null}
    </>
  );
}

export function Status({ status }: { status: string }) {
  const t = useTranslations("looks");
  const resolved = status === "resolved";
  return <Severity level={resolved ? "success" : "critical"}>{t(resolved ? "resolved" : "firing")}</Severity>;
}

function Alert({ alert }: { alert: Part }) {
  const t = useTranslations("looks");
  const labels = alert.get("labels");
  const annotations = alert.get("annotations");
  const title = annotations.text("summary") || annotations.text("title") || annotations.text("description");
  const url = alert.text("generatorURL");
  return (
    <li className="min-w-0 space-y-1 py-2 first:pt-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-x-2">
        <Status status={alert.text("status")} />
        <strong className="font-semibold [overflow-wrap:anywhere]">{labels.text("alertname") || t("nameless")}</strong>
        {url === "" ? null : (
          <span className="text-12">
            <SafeLink url={url}>{t("source")}</SafeLink>
          </span>
        )}
      </p>
      {title === "" ? null : (
        <div className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          <Folded text={title} rule={FOLD}>
            {(shown) => shown}
          </Folded>
        </div>
      )}
      <details>
        <summary className="text-12 text-muted">{t("labelCount", { count: labels.entries.length })}</summary>
        <Facts
          mono
          facts={[...labels.entries, ...annotations.entries].map(([name, part]) => [name, part.string] as const)}
        />
      </details>
    </li>
  );
}
