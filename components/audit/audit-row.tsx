"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { AuditEntry } from "@/lib/tenancy/audit/contract";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { Td, Tr } from "../ui/table";
import { ExactTime, RelativeTime } from "../ui/time";
import { actorText, eventText, placeText, subjectText } from "./event-text";

export function AuditRow({ entry }: { entry: AuditEntry }) {
  const t = useTranslations("audit");
  const [open, setOpen] = useState(false);
  const tenant = useTenant();
  const id = `audit-${entry.position}`;
  const name = t.has(`events.${entry.type}`) ? t(`events.${entry.type}`) : eventText(entry.type);
  const stream = t.has(`streams.${entry.streamType}`) ? t(`streams.${entry.streamType}`) : entry.streamType;
  const place = placeText(entry);
  return (
    <>
      <Tr className={open ? "border-0 bg-hover" : undefined}>
        <Td className="whitespace-nowrap text-soft">
          <RelativeTime value={entry.at} />
        </Td>
        <Td className="whitespace-nowrap">{actorText(entry)}</Td>
        <Td>
          <span className="font-medium">{name}</span>{" "}
          <span className="text-soft [overflow-wrap:anywhere]">{subjectText(entry)}</span>
        </Td>
        <Td className="whitespace-nowrap text-soft max-sm:hidden">
          {place ? (
            <Link href={tenant.href(place)} className="link">
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
            <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-12">
              <dt className="text-muted">{t("when")}</dt>
              <dd>
                <ExactTime value={entry.at} />
              </dd>
              <dt className="text-muted">{t("on")}</dt>
              <dd>
                <code>
                  {entry.streamType}/{entry.streamId}
                </code>
              </dd>
              <dt className="text-muted">{t("request")}</dt>
              <dd>
                <code>{entry.requestId}</code>
              </dd>
              <dt className="text-muted">{t("leaf")}</dt>
              <dd>
                <code>{entry.leafHash}</code>
              </dd>
            </dl>
            <pre className="mt-2 max-h-[320px] overflow-auto rounded-md border bg-sunken p-3 font-mono whitespace-pre-wrap [overflow-wrap:anywhere]">
              {JSON.stringify(entry.data, null, 2)}
            </pre>
          </td>
        </tr>
      ) : null}
    </>
  );
}
