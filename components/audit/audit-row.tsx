"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { AuditEntry } from "@/lib/tenancy/audit/contract";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
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
        <Td className="whitespace-nowrap text-soft">
          <RelativeTime value={entry.at} />
        </Td>
        <Td className="whitespace-nowrap">{actorText(entry)}</Td>
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
          <Button
            variant="quiet"
            size="icon-sm"
            aria-expanded={open}
            aria-controls={id}
            aria-label={t("show", { number: entry.position })}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight className={cn("transition-transform", open && "rotate-90")} aria-hidden />
          </Button>
        </Td>
      </Tr>
      {open ? (
        <tr id={id} className="border-b bg-hover">
          <td colSpan={5} className="px-4 pb-3">
            <EventDetails source={source} entry={entry} />
            <ProofPanel source={source} entry={entry} />
          </td>
        </tr>
      ) : null}
    </>
  );
}
