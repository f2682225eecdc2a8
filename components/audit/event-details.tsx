"use client";

import { useTranslations } from "next-intl";
import type { AuditEntry } from "@/lib/tenancy/audit/contract";
import { ExactTime } from "../ui/time";
import { BeforeAfter, ConfigurationChanges } from "./before-after";
import { eventFacts, isEdit, isErased, valueText } from "./event-facts";
import type { LogSource } from "./log-source";

const line = "font-mono text-12 whitespace-pre-wrap [overflow-wrap:anywhere]";

/** What an entry holds: what was and is, whatever else it tells, and how it stands in the log. */
export function EventDetails({ source, entry }: { source: LogSource; entry: AuditEntry }) {
  const t = useTranslations("audit");
  const { changes, facts } = eventFacts(entry.data);
  const nameOf = (name: string) => (t.has(`facts.${name}`) ? t(`facts.${name}`) : name);
  const empty = <span className="text-muted">{t("nothing")}</span>;
  return (
    <div className="grid gap-3 text-12">
      {entry.archived ? <p className="text-soft">{t("archived")}</p> : null}
      {changes.length > 0 ? (
        <BeforeAfter rows={changes.map((change) => ({ ...change, name: nameOf(change.name) }))} />
      ) : null}
      {isEdit(entry) ? <ConfigurationChanges source={source} position={entry.position} /> : null}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {facts.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-muted">{nameOf(name)}</dt>
            <dd className={line}>
              {isErased(value) ? <span className="text-muted">{t("erased")}</span> : (valueText(value) ?? empty)}
            </dd>
          </div>
        ))}
        <dt className="text-muted">{t("when")}</dt>
        <dd>
          <ExactTime value={entry.at} />
        </dd>
        <dt className="text-muted">{t("on")}</dt>
        <dd className={line}>
          {entry.streamType}/{entry.streamId}
        </dd>
        <dt className="text-muted">{t("position")}</dt>
        <dd className="tabular-nums">{entry.position}</dd>
        <dt className="text-muted">{t("request")}</dt>
        <dd className={line}>{entry.requestId}</dd>
        <dt className="text-muted">{t("leaf")}</dt>
        <dd className={line}>{entry.leafHash}</dd>
      </dl>
    </div>
  );
}
