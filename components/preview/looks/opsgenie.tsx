"use client";

import { useTranslations } from "next-intl";
import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { Tag } from "../../ui/badge";
import { Severity } from "../../ui/severity";
import { Facts } from "./facts";
import { Folded } from "./folded";
import { Tags } from "./pagerduty";
import { jsonOf, type Part } from "./part";
import { TidyCard } from "./tidy-card";

const FOLD = { characters: 1_500, lines: 20 };

/** An alert that is opened, changed or closed. */
export function Opsgenie({ request }: { request: HttpRequest }) {
  const t = useTranslations("looks");
  const body = jsonOf(request);
  const action = /\/(close|message|description)(?:\?|$)/.exec(request.path)?.[1];
  const alias = body.text("alias") || (/\/alerts\/([^/?]+)/.exec(request.path)?.[1] ?? "");
  const state = action === "close" ? "closed" : action === undefined ? "opened" : "updated";
  const description = body.text("description");
  return (
    <TidyCard
      head={
        <>
          {action === undefined ? <Tag className="font-semibold">{body.text("priority") || "P3"}</Tag> : null}
          <Severity level={action === "close" ? "success" : action === undefined ? "critical" : "info"}>
            {t(state)}
          </Severity>
        </>
      }
    >
      {body.text("message") === "" ? null : (
        <p className="text-14 font-semibold [overflow-wrap:anywhere]">{body.text("message")}</p>
      )}
      <Tags tags={body.texts("tags")} />
      {description === "" ? null : (
        <div className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          <Folded text={description.trim()} rule={FOLD}>
            {(shown) => shown}
          </Folded>
        </div>
      )}
      <Facts
        facts={[
          [t("responders"), body.list("responders").map(responder).join(", ")],
          [t("source"), body.text("source")],
          [t("entity"), body.text("entity")],
          [t("note"), body.text("note")],
          [t("actions"), body.texts("actions").join(", ")],
        ]}
      />
      <Facts mono facts={body.get("details").entries.map(([name, part]) => [name, part.string] as const)} />
      <Facts mono facts={[[t("alias"), alias]]} />
    </TidyCard>
  );
}

function responder(part: Part): string {
  const name = part.text("name") || part.text("username") || part.text("id");
  const type = part.text("type");
  return type === "" ? name : `${name} (${type})`;
}
