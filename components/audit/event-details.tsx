"use client";

import { useTranslations } from "next-intl";
import type { AuditEntry } from "@/lib/tenancy/audit/contract";
import { ExactTime } from "../ui/time";
import { eventFacts, valueText } from "./event-facts";

const line = "font-mono text-12 whitespace-pre-wrap [overflow-wrap:anywhere]";

/** What an entry holds: what was and is, whatever else it tells, and how it stands in the log. */
export function EventDetails({ entry }: { entry: AuditEntry }) {
  const t = useTranslations("audit");
  const { changes, facts, edits } = eventFacts(entry.data);
  const nameOf = (name: string) => (t.has(`facts.${name}`) ? t(`facts.${name}`) : name);
  const empty = <span className="text-muted">{t("nothing")}</span>;
  return (
    <div className="grid gap-3 text-12">
      {entry.archived ? <p className="text-soft">{t("archived")}</p> : null}
      {changes.length > 0 ? (
        <table className="w-full border-collapse">
          <caption className="sr-only">{t("changed")}</caption>
          <thead>
            <tr className="text-left text-muted">
              <th scope="col" className="w-1/5 py-1 pr-3 font-medium">
                {t("what")}
              </th>
              <th scope="col" className="w-2/5 py-1 pr-3 font-medium">
                {t("before")}
              </th>
              <th scope="col" className="py-1 font-medium">
                {t("after")}
              </th>
            </tr>
          </thead>
          <tbody>
            {changes.map(({ name, before, after }) => (
              <tr key={name} className="border-t align-top">
                <th scope="row" className="py-1 pr-3 text-left font-normal">
                  {nameOf(name)}
                </th>
                <td className={`py-1 pr-3 ${line}`}>{valueText(before) ?? empty}</td>
                <td className={`py-1 ${line}`}>{valueText(after) ?? empty}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {edits.map(({ at, after }) => (
          <div key={at} className="contents">
            <dt className={`${line} text-muted`}>{at}</dt>
            <dd className={line}>{valueText(after) ?? empty}</dd>
          </div>
        ))}
        {facts.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-muted">{nameOf(name)}</dt>
            <dd className={line}>{valueText(value) ?? empty}</dd>
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
