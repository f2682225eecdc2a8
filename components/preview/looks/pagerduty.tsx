"use client";

import { useTranslations } from "next-intl";
import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { Tag } from "../../ui/badge";
import { Severity, type SeverityLevel } from "../../ui/severity";
import { Each } from "./each";
import { Facts } from "./facts";
import { JsonTree } from "./json-tree";
import { jsonOf, type Part } from "./part";
import { RemoteImage } from "./remote-image";
import { SafeLink } from "./safe-link";
import { TidyCard } from "./tidy-card";

const LEVELS: Readonly<Record<string, SeverityLevel>> = {
  critical: "critical",
  error: "critical",
  warning: "warning",
  info: "info",
};

/** An incident; events of the old interface have their parts elsewhere. */
export function PagerDuty({ request }: { request: HttpRequest }) {
  const t = useTranslations("looks");
  const body = jsonOf(request);
  const payload = body.get("payload");
  const resolves = (body.text("event_action") || body.text("event_type")) === "resolve";
  const severity = payload.text("severity");
  const summary = payload.text("summary") || body.text("description");
  const key = body.text("dedup_key") || body.text("incident_key");
  return (
    <TidyCard
      head={
        <>
          <Severity level={resolves ? "success" : "critical"}>{t(resolves ? "resolved" : "triggered")}</Severity>
          {severity === "" ? null : <Severity level={LEVELS[severity] ?? "neutral"}>{severity}</Severity>}
        </>
      }
    >
      <p className="text-14 font-semibold [overflow-wrap:anywhere]">{summary}</p>
      <Facts
        facts={[
          [t("source"), payload.text("source")],
          [t("component"), payload.text("component")],
          [t("group"), payload.text("group")],
          [t("class"), payload.text("class")],
          [t("client"), <Client key="client" body={body} />],
        ]}
      />
      <Details details={payload.has("custom_details") ? payload.get("custom_details") : body.get("details")} />
      <Links links={body.list("links")} />
      <Each of={body.list("images")}>{(image) => <RemoteImage url={image.text("src")} alt={image.text("alt")} />}</Each>
      <Facts mono facts={[[t("dedupKey"), key]]} />
    </TidyCard>
  );
}

function Client({ body }: { body: Part }) {
  const [name, url] = [body.text("client"), body.text("client_url")];
  return <SafeLink url={url}>{name || url}</SafeLink>;
}

/** Texts stand as a table, what has parts of its own can be opened. */
function Details({ details }: { details: Part }) {
  const t = useTranslations("looks");
  if (details.isEmpty) return null;
  const nested = details.entries.some(([, { value }]) => typeof value === "object" && value !== null);
  return (
    <div className="min-w-0 border-t border-line pt-2.5">
      <p className="mb-1 font-semibold">{t("details")}</p>
      {nested ? (
        <JsonTree part={details} />
      ) : (
        <Facts facts={details.entries.map(([name, part]) => [name, part.string] as const)} />
      )}
    </div>
  );
}

function Links({ links }: { links: readonly Part[] }) {
  if (links.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-3">
      <Each of={links}>
        {(link) => <SafeLink url={link.text("href")}>{link.text("text") || link.text("href")}</SafeLink>}
      </Each>
    </p>
  );
}

/** Small words beside each other: tags, labels. */
export function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      <Each of={tags}>
        {(tag) => <Tag className="h-auto min-h-5 max-w-full whitespace-normal [overflow-wrap:anywhere]">{tag}</Tag>}
      </Each>
    </span>
  );
}
