"use client";

import { useTranslations } from "next-intl";
import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { Severity } from "../../ui/severity";
import { AdfDocument } from "./adf";
import { Facts } from "./facts";
import { Folded } from "./folded";
import { JsonTree } from "./json-tree";
import { Tags } from "./pagerduty";
import { jsonOf, type Part } from "./part";
import { TidyCard } from "./tidy-card";

const FOLD = { characters: 1_500, lines: 20 };
const KNOWN = ["summary", "description", "labels", "issuetype", "project", "priority"];

/** One of the steps in which an issue is looked for, written and moved on. */
export function Jira({ request }: { request: HttpRequest }) {
  const t = useTranslations("looks");
  const body = jsonOf(request);
  const path = request.path.replace(/\?.*$/s, "");
  if (/\/search(?:\/jql)?$/.test(path)) return <Step name={t("jiraSearch")} text={body.text("jql")} />;
  const key = /\/issue\/([^/]+)/.exec(path)?.[1] ?? "";
  if (path.endsWith("/transitions")) {
    if (request.method === "GET") return <Step name={t("jiraTransitions")} text={key} />;
    return <Step name={t("jiraTransition")} text={`${key} → ${body.get("transition").text("id")}`} />;
  }
  return <Issue fields={body.get("fields")} issue={key} />;
}

function Step({ name, text }: { name: string; text: string }) {
  return (
    <p className="flex flex-wrap gap-x-2 text-12 text-muted [overflow-wrap:anywhere]">
      <span>{name}</span> <code className="text-soft">{text}</code>
    </p>
  );
}

function Issue({ fields, issue }: { fields: Part; issue: string }) {
  const t = useTranslations("looks");
  const own = fields.entries.filter(([name]) => !KNOWN.includes(name));
  const description = fields.get("description");
  return (
    <TidyCard
      head={
        <>
          <Severity level={issue === "" ? "critical" : "info"}>
            {issue === "" ? t("jiraCreated") : t("jiraUpdated", { issue })}
          </Severity>
          <span className="text-12 text-muted">
            {[fields.get("project").text("key"), fields.get("issuetype").text("name")].filter(Boolean).join(" · ")}
          </span>
        </>
      }
    >
      {fields.text("summary") === "" ? null : (
        <p className="text-14 font-semibold [overflow-wrap:anywhere]">{fields.text("summary")}</p>
      )}
      <Facts
        facts={[
          [t("priority"), fields.get("priority").text("name")],
          [t("labels"), fields.texts("labels").length === 0 ? "" : <Tags key="labels" tags={fields.texts("labels")} />],
          ...own.map(([name, part]) => [name, fieldValue(part)] as const),
        ]}
      />
      <div className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        {description.string === "" ? (
          <AdfDocument document={description} />
        ) : (
          <Folded text={description.string.trim()} rule={FOLD}>
            {(shown) => shown}
          </Folded>
        )}
      </div>
    </TidyCard>
  );
}

/** Values of fields are texts, lists of names, or objects with a name. */
function fieldValue(part: Part) {
  const name = part.string || part.text("value") || part.text("name");
  return name === "" && !part.isEmpty ? <JsonTree part={part} open={0} /> : name;
}
