"use client";

import { useTranslations } from "next-intl";
import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { Severity, type SeverityLevel } from "../../ui/severity";
import { Facts } from "./facts";
import { Folded } from "./folded";
import { jsonOf } from "./part";
import { TidyCard } from "./tidy-card";

const LEVELS: Readonly<Record<string, SeverityLevel>> = {
  CRITICAL: "critical",
  WARNING: "warning",
  INFO: "info",
  RECOVERY: "success",
};
const FOLD = { characters: 1_500, lines: 20 };
const KNOWN = ["message_type", "state_message", "entity_id", "entity_display_name", "monitoring_tool"];

export function VictorOps({ request }: { request: HttpRequest }) {
  const t = useTranslations("looks");
  const body = jsonOf(request);
  const type = body.text("message_type");
  const own = body.entries.filter(([name]) => !KNOWN.includes(name));
  return (
    <TidyCard head={<Severity level={LEVELS[type] ?? "neutral"}>{type}</Severity>}>
      <p className="text-14 font-semibold [overflow-wrap:anywhere]">
        {body.text("entity_display_name") || body.text("entity_id")}
      </p>
      <div className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        <Folded text={body.text("state_message").trim()} rule={FOLD}>
          {(shown) => shown}
        </Folded>
      </div>
      <Facts
        facts={[[t("tool"), body.text("monitoring_tool")], ...own.map(([name, part]) => [name, part.string] as const)]}
      />
      <Facts mono facts={[[t("entityId"), body.text("entity_id")]]} />
    </TidyCard>
  );
}
