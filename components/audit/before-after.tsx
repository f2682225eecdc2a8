"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { EventChanges } from "@/lib/configuration/audit/contract";
import { Loaded } from "../http/loaded";
import { valueText } from "./event-facts";
import type { LogSource } from "./log-source";
import { eventChangesQuery } from "./queries";

interface Row {
  name: string;
  before: unknown;
  after: unknown;
}

const cell = "py-1 pr-3 font-mono text-12 whitespace-pre-wrap [overflow-wrap:anywhere]";

/** What was, and what is now. */
export function BeforeAfter({ rows }: { rows: readonly Row[] }) {
  const t = useTranslations("audit");
  const empty = <span className="font-sans text-muted">{t("nothing")}</span>;
  return (
    <table className="w-full border-collapse">
      <caption className="sr-only">{t("changed")}</caption>
      <thead>
        <tr className="text-left text-muted">
          <th scope="col" className="w-1/4 py-1 pr-3 font-medium">
            {t("what")}
          </th>
          <th scope="col" className="w-3/8 py-1 pr-3 font-medium">
            {t("before")}
          </th>
          <th scope="col" className="py-1 font-medium">
            {t("after")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, before, after }) => (
          <tr key={JSON.stringify([name, before, after])} className="border-t align-top">
            <th scope="row" className="py-1 pr-3 text-left font-normal [overflow-wrap:anywhere]">
              {name}
            </th>
            <td className={cell}>{valueText(before) ?? empty}</td>
            <td className={cell}>{valueText(after) ?? empty}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The same of a configuration, in the words of a review. */
export function ConfigurationChanges({ source, position }: { source: LogSource; position: number }) {
  const t = useTranslations("audit");
  const words = useTranslations("changes");
  const query = useQuery(eventChangesQuery(source, position));
  const rowOf = ({ kind, noun, label, key, before, after, secret }: EventChanges["changes"][number]): Row => {
    const thing = words.has(`nouns.${noun}`) ? words(`nouns.${noun}`) : noun;
    const told = (value: unknown) => (secret && value !== null ? t("secret") : value);
    const name = [words(`kinds.${kind}`), thing, label, key ?? ""].filter(Boolean).join(" ");
    return { name, before: told(before), after: told(after) };
  };
  return (
    <Loaded query={query}>
      {({ changes, more }) => (
        <>
          {changes.length > 0 ? <BeforeAfter rows={changes.map(rowOf)} /> : null}
          {more > 0 ? <p className="text-muted">{t("moreChanges", { count: more })}</p> : null}
        </>
      )}
    </Loaded>
  );
}
