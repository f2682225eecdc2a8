"use client";

import { useTranslations } from "next-intl";
import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { AlertList, isWebhookMessage, Status } from "./alert-list";
import { JsonTree } from "./json-tree";
import { jsonOf } from "./part";
import { PlainRequest } from "./plain-request";
import { TidyCard } from "./tidy-card";

/** A message to a program; one of another shape (`payload`) is shown as it is. */
export function Webhook({ request }: { request: HttpRequest }) {
  const t = useTranslations("looks");
  const body = jsonOf(request);
  if (!isWebhookMessage(body)) return <PlainRequest request={request} />;
  return (
    <TidyCard
      head={
        <>
          <Status status={body.text("status")} />
          <span className="min-w-0 text-12 text-muted">{t("alertCount", { count: body.list("alerts").length })}</span>
        </>
      }
    >
      <AlertList body={body} />
      <details className="border-t border-line pt-2">
        <summary className="text-12 text-muted">{t("wholeMessage")}</summary>
        <div className="font-mono text-12">
          <JsonTree part={body} open={0} />
        </div>
      </details>
    </TidyCard>
  );
}

/** incident.io groups what arrives by its own rules; what it is given is a webhook's message. */
export function IncidentIo({ request }: { request: HttpRequest }) {
  const t = useTranslations("looks");
  const body = jsonOf(request);
  if (!isWebhookMessage(body)) return <PlainRequest request={request} />;
  const title = body.get("commonAnnotations").text("summary") || body.get("groupLabels").text("alertname");
  return (
    <TidyCard
      head={
        <>
          <Status status={body.text("status")} />
          <span className="min-w-0 text-12 text-muted">{t("alertCount", { count: body.list("alerts").length })}</span>
        </>
      }
    >
      {title === "" ? null : <p className="text-14 font-semibold [overflow-wrap:anywhere]">{title}</p>}
      <AlertList body={body} />
    </TidyCard>
  );
}
