"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { AuditEntry } from "@/lib/tenancy/audit/contract";
import { MoreButton, MoreTr } from "../ui/more-row";
import { Td, Tr } from "../ui/table";
import { RelativeTime } from "../ui/time";
import { EventDetails } from "./event-details";
import { actorText, eventText, placeText, subjectText } from "./event-text";
import type { LogSource } from "./log-source";
import { ProofPanel } from "./proof-panel";

export function AuditRow({ source, entry }: { source: LogSource; entry: AuditEntry }) {
  const t = useTranslations("audit");
  const [open, setOpen] = useState(false);
  const id = `audit-${entry.position}`;
  const name = t.has(`events.${entry.type}`) ? t(`events.${entry.type}`) : eventText(entry.type);
  const stream = t.has(`streams.${entry.streamType}`) ? t(`streams.${entry.streamType}`) : entry.streamType;
  const place = placeText(entry);
  return (
    <>
      <Tr className={open ? "border-0 bg-hover" : undefined} data-event={entry.type}>
        <Td className="text-soft sm:whitespace-nowrap">
          <RelativeTime value={entry.at} />
        </Td>
        <Td className="break-words sm:whitespace-nowrap">{actorText(entry)}</Td>
        <Td>
          <span className="font-medium">{name}</span>{" "}
          <span className="text-soft [overflow-wrap:anywhere]">{subjectText(entry)}</span>
        </Td>
        <Td className="whitespace-nowrap text-soft max-sm:hidden">
          {place && source.href ? (
            <Link href={source.href(place)} className="link">
              {stream}
            </Link>
          ) : (
            stream
          )}{" "}
          <code className="text-muted">{entry.streamId.slice(0, 8)}</code>
        </Td>
        <Td numeric>
          <MoreButton
            id={id}
            open={open}
            onToggle={() => setOpen(!open)}
            label={t("show", { number: entry.position })}
          />
        </Td>
      </Tr>
      {open ? (
        <MoreTr id={id} columns={5}>
          <EventDetails source={source} entry={entry} />
          <ProofPanel source={source} entry={entry} />
        </MoreTr>
      ) : null}
    </>
  );
}
